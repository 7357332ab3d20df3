using System.Formats.Cbor;
using NodaTime;

namespace Parking.Codes;

/// <summary>
/// The format's constants and the layout of a code that the service signs: an untagged COSE_Sign1 (RFC 9052, section 4.2) over a CBOR Web
/// Token (RFC 8392), in deterministic encoding (RFC 8949, section 4.2), so every field has its place and a code its 111 bytes:
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

    /// <summary>The size of the signed bytes.</summary>
    internal const int ToBeSignedSize = 56;

    /// <summary>A time as codes have it; fractions of a second are truncated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has not exactly four bytes.</exception>
    internal static long SecondsOf(Instant time) => time.ToUnixTimeSeconds() is >= FirstSecond and <= LastSecond and var seconds
        ? seconds
        : throw new ArgumentOutOfRangeException(
            nameof(time), time, "The times of a code have four bytes: 1970-01-01T18:12:16Z to 2106-02-07T06:28:15Z.");

    /// <summary>Whether a signature has the size that its algorithm gives it; unknown for all but ES256.</summary>
    internal static bool IsSignatureSize(long algorithm, int size) =>
        algorithm != AlgorithmEs256 || size == VerificationKey.SignatureSize;

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
}
