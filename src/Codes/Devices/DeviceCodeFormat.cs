using System.Formats.Cbor;
using System.Security.Cryptography;
using NodaTime;

namespace Parking.Codes.Devices;

/// <summary>
/// The layout of a device code: an untagged COSE_Sign1 whose protected header carries the certificate of the key that signs it (header 13,
/// <c>kcwt</c>, RFC 9528), in deterministic encoding, so every field has its place and a code its 281 bytes:
/// <code>
/// [ h'{1: -7, 13: certificate(189)}', {}, h'{6: iat, 7: random(8)}', signature(64) ]
/// </code>
/// The signature covers the three bytes <c>SP2</c> as external data (RFC 9052, section 4.3), so nothing else that a device signs is a code.
/// </summary>
public static class DeviceCodeFormat
{
    /// <summary>The prefix of every device code: the format's name and version.</summary>
    public const string Prefix = "SP2:";

    /// <summary>The size of a code's CBOR in bytes.</summary>
    public const int EncodedSize = 281;

    /// <summary>The length of a code's text in characters.</summary>
    public const int TextLength = 426;

    /// <summary>The number of random bytes in a code.</summary>
    internal const int RandomSize = 8;

    internal const int HeaderCertificate = 13;
    internal const int HeaderCount = 2;
    internal const int ClaimCount = 2;

    internal const int ProtectedSize = 4 + CertificateFormat.EncodedSize;
    internal const int PayloadSize = 17;

    /// <summary>The size of the signed bytes.</summary>
    internal const int ToBeSignedSize = 229;

    /// <summary>How long a code lives, from its issue. The format says it, so that a code has no expiry: 60 s.</summary>
    public static Duration Life { get; } = Duration.FromSeconds(60);

    /// <summary>What the signature covers besides header and payload.</summary>
    internal static ReadOnlySpan<byte> ExternalData => "SP2"u8;

    /// <summary>
    /// The identity of a code: the first 16 bytes of the SHA-256 of <c>SP2</c>, the certificate's id and the code's random bytes. Neither
    /// certificate nor signature are hashed: both can be changed so that they still fit, since with (r, s) also (r, n − s) is valid.
    /// </summary>
    internal static CodeId IdOf(CertificateId certificate, ReadOnlySpan<byte> random)
    {
        Span<byte> named = stackalloc byte[3 + CertificateId.Size + RandomSize];
        ExternalData.CopyTo(named);
        certificate.CopyTo(named[3..]);
        random.CopyTo(named[(3 + CertificateId.Size)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(named, hash);
        return new CodeId(hash[..CodeId.Size]);
    }

    internal static byte[] EncodeProtectedHeader(ReadOnlySpan<byte> certificate)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical, initialCapacity: ProtectedSize);
        writer.WriteStartMap(HeaderCount);
        writer.WriteInt32(CodeFormat.HeaderAlgorithm);
        writer.WriteInt32(CodeFormat.AlgorithmEs256);
        writer.WriteInt32(HeaderCertificate);
        writer.WriteEncodedValue(certificate);
        writer.WriteEndMap();
        return writer.Encode();
    }

    internal static byte[] EncodePayload(long issuedAt, ReadOnlySpan<byte> random)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical, initialCapacity: PayloadSize);
        writer.WriteStartMap(ClaimCount);
        writer.WriteInt32(CodeFormat.ClaimIssuedAt);
        writer.WriteInt64(issuedAt);
        writer.WriteInt32(CodeFormat.ClaimCodeId);
        writer.WriteByteString(random);
        writer.WriteEndMap();
        return writer.Encode();
    }
}
