using System.Buffers.Text;
using System.Collections.Immutable;
using System.Formats.Cbor;
using System.Security.Cryptography;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Admission;

/// <summary>
/// Seals a decided scan into a decision token that its gate keeps. If the store loses the decision, the service restores it from the token,
/// including an entry's terms, and decides nothing again.
/// </summary>
/// <remarks>
/// AES-256-GCM over CBOR, <c>[holder or null, event]</c>, in base64url. The nonce is a keyed hash of the content: the same scan always has
/// the same token, and two contents never share a nonce (except with a probability of 2^-96). Only the service can make or read a token.
/// The gate and the numbers in it are compared with the event that it comes with.
/// </remarks>
public sealed class DecisionTokens
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int RefusalLength = 4;

    private readonly byte[] _sealingKey;
    private readonly byte[] _nonceKey;

    /// <param name="secret">At least 32 bytes. Must stay the same as long as tokens are to be read.</param>
    public DecisionTokens(ReadOnlySpan<byte> secret)
    {
        Span<byte> keys = stackalloc byte[64];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, keys, salt: [], "parking scan receipt 1"u8);
        _sealingKey = keys[..32].ToArray();
        _nonceKey = keys[32..].ToArray();
    }

    /// <summary>Seals a scan that is in its holder's timeline.</summary>
    public string Seal(HolderId holder, ScanEvent decided)
    {
        var writer = Begin();
        writer.WriteUInt64(holder.Value);
        EventCodec.Write(writer, decided, []);
        return Seal(writer);
    }

    /// <summary>Seals a refusal that is due to the code itself, which concerns no holder.</summary>
    public string Seal(GateEventId id, Fingerprint content, Decision refused)
    {
        var writer = Begin();
        writer.WriteNull();
        writer.WriteStartArray(RefusalLength);
        writer.WriteTextString(id.ToString());
        writer.WriteUInt64(content.Value);
        writer.WriteInt32((int)refused.Reason);
        writer.WriteInt64(refused.At.ToUnixTimeMilliseconds());
        writer.WriteEndArray();
        return Seal(writer);
    }

    /// <summary>Returns the content of a token if this service made it for this very event; otherwise null.</summary>
    /// <exception cref="InvalidDataException">A later version of the service sealed it, and this one cannot read what is in it.</exception>
    public DecisionToken? Open(string token, GateEventId id)
    {
        if (Unseal(token) is not { } content)
        {
            return null;
        }

        try
        {
            return Read(new CborReader(content, CborConformanceMode.Canonical), id);
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("A decision token is of a later version of the service.", e);
        }
    }

    private static DecisionToken? Read(CborReader reader, GateEventId id)
    {
        reader.ReadStartArray();
        if (reader.PeekState() != CborReaderState.Null)
        {
            var holder = new HolderId(reader.ReadUInt64());
            return EventCodec.Read(reader, ImmutableArray<GateEvent>.Empty) is not ScanEvent scan
                ? throw new InvalidDataException("A decision token holds an event that is no scan.")
                : scan.Id == id ? new(scan.Content, scan.Decision, holder, scan) : null;
        }

        reader.ReadNull();
        reader.ReadStartArray();
        var isOfThis = reader.ReadTextString() == id.ToString();
        var fingerprint = new Fingerprint(reader.ReadUInt64());
        var reason = (ScanReason)reader.ReadInt32();
        if (!Enum.IsDefined(reason))
        {
            throw new InvalidDataException($"A decision token has reason {(int)reason}, which this service does not know.");
        }

        var refused = new Decision(reason, Instant.FromUnixTimeMilliseconds(reader.ReadInt64()));
        return isOfThis ? new(fingerprint, refused, null, null) : null;
    }

    private static CborWriter Begin()
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(2);
        return writer;
    }

    private string Seal(CborWriter writer)
    {
        writer.WriteEndArray();
        var content = writer.Encode();
        var sealedBytes = new byte[NonceLength + content.Length + TagLength];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        HMACSHA256.HashData(_nonceKey, content).AsSpan(0, NonceLength).CopyTo(nonce);
        using var cipher = new AesGcm(_sealingKey, TagLength);
        cipher.Encrypt(nonce, content, sealedBytes.AsSpan(NonceLength, content.Length), sealedBytes.AsSpan(NonceLength + content.Length));
        return Base64Url.EncodeToString(sealedBytes);
    }

    private byte[]? Unseal(string token)
    {
        if (!Base64Url.IsValid(token) || Base64Url.DecodeFromChars(token) is not { Length: > NonceLength + TagLength } bytes)
        {
            return null;
        }

        var content = new byte[bytes.Length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(_sealingKey, TagLength);
            cipher.Decrypt(
                bytes.AsSpan(0, NonceLength),
                bytes.AsSpan(NonceLength, content.Length),
                bytes.AsSpan(NonceLength + content.Length),
                content);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}

/// <summary>The content of a decision token.</summary>
/// <param name="Content">The fingerprint of the scan as it was first sent.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Holder">Whose code it was; null for a refusal that concerns no holder.</param>
/// <param name="Scan">The scan as it was in its holder's timeline; null for a refusal that concerns no holder.</param>
public sealed record DecisionToken(Fingerprint Content, Decision Decision, HolderId? Holder, ScanEvent? Scan);
