using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Parking.Codes;

/// <summary>
/// A key ring as JSON, including private keys, for the service's own protected storage. Anyone who has it can create codes and unseal
/// holders.
/// </summary>
public static class KeyRingDocument
{
    /// <summary>The version of a ring without certificate keys.</summary>
    public const int Version = 1;

    /// <summary>The version of a ring with certificate keys.</summary>
    public const int VersionWithCertificateKeys = 2;

    private static readonly InstantPattern TimePattern = InstantPattern.ExtendedIso;

    /// <summary>
    /// Writes a ring: without certificate keys in version 1, which earlier releases read. Its policy is configuration and is not written.
    /// </summary>
    /// <param name="ring">A ring whose signers are all <see cref="LocalCodeSigner"/>.</param>
    /// <returns>The document in UTF-8. Secret.</returns>
    /// <exception cref="NotSupportedException">A signer is a device, whose private key cannot be exported.</exception>
    public static byte[] Write(KeyRing ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        var hasCertificateKeys = ring.CertificateLives.Count > 0;
        var stored = new StoredKeyRing(
            hasCertificateKeys ? VersionWithCertificateKeys : Version, [.. ring.Lives.Select(ToStored)])
        {
            CertificateKeys = hasCertificateKeys ? [.. ring.CertificateLives.Select(ToStored)] : null,
        };
        return JsonSerializer.SerializeToUtf8Bytes(stored, KeyRingJsonContext.Default.StoredKeyRing);
    }

    /// <summary>
    /// Reads and validates the output of <see cref="Write"/>. The times need not match the policy, which may have changed since.
    /// </summary>
    /// <param name="json">The document in UTF-8.</param>
    /// <param name="policy">The durations of a key's life cycle; <see cref="KeyRingPolicy.Default"/> if omitted.</param>
    /// <returns>The ring.</returns>
    /// <exception cref="FormatException">A member is missing, unknown or invalid. The message names the place, never a secret.</exception>
    public static KeyRing Read(ReadOnlySpan<byte> json, KeyRingPolicy? policy = null)
    {
        StoredKeyRing? stored;
        try
        {
            stored = JsonSerializer.Deserialize(json, KeyRingJsonContext.Default.StoredKeyRing);
        }
        catch (JsonException e)
        {
            throw Wrong(e.Path ?? "$", "not JSON, or a member missing, unknown, twice or of a wrong type.", e);
        }

        return stored is null ? throw Wrong("$", "an object is expected.") : Restore(stored, policy ?? KeyRingPolicy.Default);
    }

    private static KeyRing Restore(StoredKeyRing stored, KeyRingPolicy policy)
    {
        Require(
            stored.Version is Version or VersionWithCertificateKeys,
            "version",
            $"{stored.Version} is not known, only {Version} and {VersionWithCertificateKeys}.");
        Require(
            stored.Version == VersionWithCertificateKeys == stored.CertificateKeys is not null,
            "certificateKeys",
            $"version {VersionWithCertificateKeys} has them, version {Version} has not.");
        var codes = ToEntries(stored.Keys, "keys");
        var certificates = stored.CertificateKeys is { } keys ? ToEntries(keys, "certificateKeys") : null;
        try
        {
            return KeyRing.Restore(policy, codes, certificates);
        }
        catch (ArgumentException e)
        {
            throw Wrong("certificateKeys", e.Message, e);
        }
    }

    private static List<KeyRingEntry> ToEntries(IReadOnlyList<StoredKey?> stored, string line)
    {
        Require(stored.Count > 0, line, "at least one is expected.");
        var keys = new List<KeyRingEntry>();
        foreach (var entry in stored)
        {
            var place = $"{line}[{keys.Count}]";
            if (entry is null)
            {
                throw Wrong(place, "an object is expected.");
            }

            var key = ToKey(entry, place);
            var announcedAt = Time(entry.AnnouncedAt, $"{place}.announcedAt");
            var signsFrom = Time(entry.SignsFrom, $"{place}.signsFrom");
            Require(keys.TrueForAll(other => other.Key.Id != key.Id), $"{place}.kid", $"{key.Id} is there twice.");
            Require(announcedAt <= signsFrom, $"{place}.signsFrom", "a key is announced before it signs.");
            Require(keys.Count == 0 || IsBefore(keys[^1], signsFrom), $"{place}.signsFrom", "keys are in the order they sign in.");
            keys.Add(new(key, announcedAt, signsFrom, entry.RevokedAt is null ? null : Time(entry.RevokedAt, $"{place}.revokedAt")));
        }

        Require(keys.Exists(key => key.RevokedAt is null), line, "at least one that is not revoked is expected.");
        return keys;
    }

    /// <summary>If a key was revoked at the instant it started to sign, its replacement starts at the same instant.</summary>
    private static bool IsBefore(KeyRingEntry key, Instant signsFrom) =>
        key.SignsFrom < signsFrom || (key.RevokedAt is not null && key.SignsFrom == signsFrom);

    private static StoredKey ToStored(KeyLife life)
    {
        if (life.Key.Signer is not LocalCodeSigner local)
        {
            throw new NotSupportedException(
                $"Key {life.Key.Id} lives in a device ({life.Key.Signer.GetType().Name}); its private part cannot be written.");
        }

        return new StoredKey(
            life.Key.Id.ToString(),
            TimePattern.Format(life.AnnouncedAt),
            TimePattern.Format(life.SignsFrom),
            Base64Url.EncodeToString(local.PublicKey.X),
            Base64Url.EncodeToString(local.PublicKey.Y),
            Base64Url.EncodeToString(local.ExportPrivateKey()),
            Base64Url.EncodeToString(life.Key.Seal.ExportKey()))
        {
            RevokedAt = life.RevokedAt is { } revokedAt ? TimePattern.Format(revokedAt) : null,
        };
    }

    private static SigningKey ToKey(StoredKey stored, string place)
    {
        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes(stored.X, $"{place}.x"), Y = Bytes(stored.Y, $"{place}.y") },
            D = Bytes(stored.D, $"{place}.d"),
        };
        var seal = new CodeSeal(Bytes(stored.Seal, $"{place}.seal"));
        SigningKey key;
        try
        {
            key = new SigningKey(new LocalCodeSigner(parameters), seal);
        }
        catch (ArgumentException e)
        {
            throw Wrong(place, e.Message, e);
        }

        Require(stored.Kid == key.Id.ToString(), $"{place}.kid", $"says {stored.Kid}, but the key's thumbprint begins with {key.Id}.");
        return key;
    }

    // Coordinates, private key and sealing key have 32 bytes each.
    private static byte[] Bytes(string text, string place)
    {
        var bytes = new byte[VerificationKey.CoordinateSize];
        Require(Base64UrlBytes.TryRead(text, bytes), place, "32 bytes in base64url are expected.");
        return bytes;
    }

    private static Instant Time(string text, string place)
    {
        var parsed = TimePattern.Parse(text);
        Require(parsed.Success, place, "a time like 2026-05-04T08:30:15Z is expected.");
        return parsed.Value;
    }

    private static void Require(bool condition, string place, string otherwise)
    {
        if (!condition)
        {
            throw Wrong(place, otherwise);
        }
    }

    private static FormatException Wrong(string place, string otherwise, Exception? inner = null) =>
        new($"Key ring, at {place}: {otherwise}", inner);
}

/// <summary>
/// The stored form of a key ring. Every member is required, except the revocation of a key and, in version 1, the certificate keys, which
/// it does not have. New members need a new version.
/// </summary>
/// <remarks>A service without revocation refuses a ring with a revoked key and keeps its old ring: update all instances first.</remarks>
/// <param name="Version">The version of this form.</param>
/// <param name="Keys">The code keys, in the order in which they sign. The JSON can contain nulls; reading refuses them.</param>
internal sealed record StoredKeyRing(int Version, IReadOnlyList<StoredKey?> Keys)
{
    /// <summary>The certificate keys, like the code keys.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StoredKey?>? CertificateKeys { get; init; }
}

/// <summary>
/// One stored key: its id in hexadecimal, its times (RFC 3339), and in base64url the coordinates, the private key (named as in a JWK, RFC
/// 7518 section 6.2) and the sealing key.
/// </summary>
internal sealed record StoredKey(string Kid, string AnnouncedAt, string SignsFrom, string X, string Y, string D, string Seal)
{
    /// <summary>When it was revoked (RFC 3339); absent if it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RevokedAt { get; init; }

    /// <summary>The key's id, so that printing the record reveals no secret.</summary>
    public override string ToString() => Kid;
}

/// <summary>Source-generated metadata for the stored form of a key ring.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    WriteIndented = true)]
[JsonSerializable(typeof(StoredKeyRing))]
internal sealed partial class KeyRingJsonContext : JsonSerializerContext;
