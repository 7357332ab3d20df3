using System.Formats.Cbor;

namespace Parking.Codes;

/// <summary>
/// The format's constants and its two byte layouts. A code is an untagged COSE_Sign1 (RFC 9052, section 4.2) over a CBOR Web Token
/// (RFC 8392), in deterministic encoding (RFC 8949, section 4.2), so every field has its place and a code its 111 bytes:
/// <code>
/// [ h'{1: -7, 4: kid(4)}', {}, h'{4: exp, 6: iat, 7: cti(16)}', signature(64) ]
/// </code>
/// </summary>
public static class CodeFormat
{
    /// <summary>The prefix of every code: the format's name and version.</summary>
    public const string Prefix = "SP1:";

    /// <summary>The size of a code's CBOR in bytes.</summary>
    public const int EncodedSize = 111;

    /// <summary>The length of a code's text in characters.</summary>
    public const int TextLength = 171;

    internal const int AlgorithmEs256 = -7;

    internal const int HeaderAlgorithm = 1;
    internal const int HeaderKeyId = 4;
    internal const int HeaderCount = 2;

    internal const int ClaimExpiresAt = 4;
    internal const int ClaimIssuedAt = 6;
    internal const int ClaimCodeId = 7;
    internal const int ClaimCount = 3;

    /// <summary>
    /// Times are seconds since 1970 in exactly four bytes, so that all codes have the same size: from 1970-01-01T18:12:16Z (the
    /// deterministic form of earlier times is shorter) to 2106-02-07T06:28:15Z.
    /// </summary>
    internal const long FirstSecond = ushort.MaxValue + 1;
    internal const long LastSecond = uint.MaxValue;

    internal const int ProtectedSize = 9;
    internal const int PayloadSize = 31;

    /// <summary>The size of the signed bytes.</summary>
    internal const int ToBeSignedSize = 56;

    // Sig_structure (RFC 9052, section 4.4): ["Signature1", protected header, no external data, payload]; sizes are fixed.
    private static readonly byte[] ToBeSignedStart = [0x84, 0x6A, .. "Signature1"u8, 0x40 | ProtectedSize];
    private static readonly byte[] ToBeSignedMiddle = [0x40, 0x58, PayloadSize];

    internal static void WriteToBeSigned(ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        ToBeSignedStart.CopyTo(destination);
        destination = destination[ToBeSignedStart.Length..];
        protectedHeader.CopyTo(destination);
        destination = destination[ProtectedSize..];
        ToBeSignedMiddle.CopyTo(destination);
        payload.CopyTo(destination[ToBeSignedMiddle.Length..]);
    }

    internal static byte[] EncodeProtectedHeader(KeyId key)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartMap(HeaderCount);
        writer.WriteInt32(HeaderAlgorithm);
        writer.WriteInt32(AlgorithmEs256);
        writer.WriteInt32(HeaderKeyId);
        writer.WriteByteString(key.ToByteArray());
        writer.WriteEndMap();
        return writer.Encode();
    }

    internal static byte[] EncodePayload(long expiresAt, long issuedAt, CodeId id)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartMap(ClaimCount);
        writer.WriteInt32(ClaimExpiresAt);
        writer.WriteInt64(expiresAt);
        writer.WriteInt32(ClaimIssuedAt);
        writer.WriteInt64(issuedAt);
        writer.WriteInt32(ClaimCodeId);
        writer.WriteByteString(id.ToByteArray());
        writer.WriteEndMap();
        return writer.Encode();
    }

    internal static byte[] EncodeSigned(byte[] protectedHeader, byte[] payload, ReadOnlySpan<byte> signature)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical, initialCapacity: EncodedSize);
        writer.WriteStartArray(4);
        writer.WriteByteString(protectedHeader);
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteByteString(payload);
        writer.WriteByteString(signature);
        writer.WriteEndArray();
        return writer.Encode();
    }
}
