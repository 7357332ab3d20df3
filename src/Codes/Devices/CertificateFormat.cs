using System.Formats.Cbor;
using NodaTime;

namespace Parking.Codes.Devices;

/// <summary>
/// The layout of a device certificate: an untagged COSE_Sign1 (RFC 9052, section 4.2) over a CBOR Web Token that confirms a key (RFC 8747),
/// in deterministic encoding (RFC 8949, section 4.2), so every field has its place and a certificate its 189 bytes:
/// <code>
/// [ h'{1: -7, 4: kid(4)}', {}, h'{4: exp, 6: iat, 7: cti(16), 8: {1: {1: 2, -1: 1, -2: x(32), -3: y(32)}}}', signature(64) ]
/// </code>
/// </summary>
public static class CertificateFormat
{
    /// <summary>The size of a certificate in bytes.</summary>
    public const int EncodedSize = 189;

    internal const int ClaimConfirmation = 8;
    internal const int ConfirmationKey = 1;
    internal const int ClaimCount = 4;
    internal const int KeyMemberCount = 4;

    internal const int PayloadSize = 109;

    /// <summary>The size of the signed bytes.</summary>
    internal const int ToBeSignedSize = 134;

    /// <summary>The longest time from a certificate's issue to its expiry: 7 days.</summary>
    public static Duration LongestLife { get; } = Duration.FromDays(7);

    internal static byte[] EncodePayload(long expiresAt, long issuedAt, CertificateId id, VerificationKey device)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical, initialCapacity: PayloadSize);
        writer.WriteStartMap(ClaimCount);
        writer.WriteInt32(CodeFormat.ClaimExpiresAt);
        writer.WriteInt64(expiresAt);
        writer.WriteInt32(CodeFormat.ClaimIssuedAt);
        writer.WriteInt64(issuedAt);
        writer.WriteInt32(CodeFormat.ClaimCodeId);
        writer.WriteByteString(id.ToByteArray());
        writer.WriteInt32(ClaimConfirmation);
        writer.WriteStartMap(1);
        writer.WriteInt32(ConfirmationKey);
        writer.WriteEncodedValue(CoseKey.EncodeForThumbprint(device.X.ToArray(), device.Y.ToArray()));
        writer.WriteEndMap();
        writer.WriteEndMap();
        return writer.Encode();
    }
}
