using System.Security.Cryptography;
using NodaTime;

namespace Parking.Codes.Devices;

/// <summary>What a device code must satisfy before its own time is looked at.</summary>
internal static class DeviceCodeRules
{
    private static readonly long Life = (long)DeviceCodeFormat.Life.TotalSeconds;
    private static readonly long LongestCertificate = (long)CertificateFormat.LongestLife.TotalSeconds;

    /// <param name="envelope">A code of the right shape.</param>
    /// <param name="certificateKeys">The published certificate keys.</param>
    /// <param name="skew">By how much the phone's clock may be behind the one that dated the certificate; whole seconds.</param>
    public static CodeRefusal Check(DeviceCodeEnvelope envelope, PublicKeySet certificateKeys, Duration skew)
    {
        var certificate = envelope.Certificate;
        return envelope.Algorithm != CodeFormat.AlgorithmEs256 || certificate.Algorithm != CodeFormat.AlgorithmEs256
            ? CodeRefusal.UnsupportedAlgorithm
            : !certificateKeys.TryGet(certificate.KeyId, out var issuer) ? CodeRefusal.UnknownKey
            : !IsIssued(certificate, issuer) ? CodeRefusal.BadCertificate
            : CheckSignature(envelope) is not CodeRefusal.None and var refusal ? refusal
            : IsWithin(envelope.IssuedAt, certificate, (long)skew.TotalSeconds) ? CodeRefusal.None
            : CodeRefusal.OutsideCertificate;
    }

    private static bool IsIssued(CertificateEnvelope certificate, VerificationKey issuer)
    {
        Span<byte> toBeSigned = stackalloc byte[CertificateFormat.ToBeSignedSize];
        CoseSign1.WriteToBeSigned(certificate.Message.ProtectedHeader, externalData: [], certificate.Message.Payload, toBeSigned);
        return issuer.Verify(toBeSigned, certificate.Message.Signature);
    }

    /// <summary>
    /// Verifies with the certificate's key. Importing it is the dearest step of all, so it comes after the certificate's signature: a
    /// forger does not make a gate pay for it. It also checks that the point lies on the curve.
    /// </summary>
    private static CodeRefusal CheckSignature(DeviceCodeEnvelope envelope)
    {
        Span<byte> toBeSigned = stackalloc byte[DeviceCodeFormat.ToBeSignedSize];
        CoseSign1.WriteToBeSigned(
            envelope.Message.ProtectedHeader, DeviceCodeFormat.ExternalData, envelope.Message.Payload, toBeSigned);
        ECDsa device;
        try
        {
            device = VerificationKey.Import(envelope.Certificate.X, envelope.Certificate.Y);
        }
        catch (CryptographicException)
        {
            return CodeRefusal.BadCertificate;
        }

        using (device)
        {
            return device.VerifyData(toBeSigned, envelope.Message.Signature, HashAlgorithmName.SHA256)
                ? CodeRefusal.None
                : CodeRefusal.BadSignature;
        }
    }

    private static bool IsWithin(long issuedAt, CertificateEnvelope certificate, long skew) =>
        (long)certificate.ExpiresAt - certificate.IssuedAt <= LongestCertificate
        && certificate.IssuedAt - skew <= issuedAt
        && issuedAt + Life <= certificate.ExpiresAt;
}
