using System.Security.Cryptography;
using NodaTime;

namespace Parking.Codes.Devices;

/// <summary>
/// Creates codes as a phone does: with the device's key and a certificate for it, without the service. Immutable and thread-safe.
/// </summary>
public sealed class DeviceCodeMinter
{
    private static readonly Duration RedrawAfter = CodeLifetime.Default.RedrawAfter;

    private readonly ICodeSigner _signer;
    private readonly Action<Span<byte>> _fillRandom;
    private readonly byte[] _protectedHeader;

    /// <summary>Creates a minter.</summary>
    /// <param name="signer">The device's key.</param>
    /// <param name="certificate">A certificate for it.</param>
    /// <exception cref="ArgumentException">The certificate is for another key.</exception>
    public DeviceCodeMinter(ICodeSigner signer, DeviceCertificate certificate)
        : this(signer, certificate, RandomNumberGenerator.Fill)
    {
    }

    /// <summary>Creates a minter with the random source of a test.</summary>
    internal DeviceCodeMinter(ICodeSigner signer, DeviceCertificate certificate, Action<Span<byte>> fillRandom)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(certificate);
        if (!signer.PublicKey.Equals(certificate.PublicKey))
        {
            throw new ArgumentException("The certificate is for another key.", nameof(certificate));
        }

        _signer = signer;
        Certificate = certificate;
        _fillRandom = fillRandom;
        _protectedHeader = DeviceCodeFormat.EncodeProtectedHeader(certificate.Bytes);
    }

    /// <summary>The certificate that the codes carry.</summary>
    public DeviceCertificate Certificate { get; }

    /// <summary>Creates one code. Whether the certificate is valid at the time is not checked: only verifiers know the time.</summary>
    /// <param name="now">The phone's best estimate of the service's time; fractions of a second are truncated.</param>
    /// <returns>The code.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The time lies outside 1970-01-01T18:12:16Z to 2106-02-07T06:28:15Z, the range of a code's four-byte times.
    /// </exception>
    public MintedCode Mint(Instant now)
    {
        var issuedAt = CodeFormat.SecondsOf(now);
        Span<byte> random = stackalloc byte[DeviceCodeFormat.RandomSize];
        _fillRandom(random);

        var payload = DeviceCodeFormat.EncodePayload(issuedAt, random);
        Span<byte> toBeSigned = stackalloc byte[DeviceCodeFormat.ToBeSignedSize];
        CoseSign1.WriteToBeSigned(_protectedHeader, DeviceCodeFormat.ExternalData, payload, toBeSigned);
        Span<byte> signature = stackalloc byte[VerificationKey.SignatureSize];
        _signer.Sign(toBeSigned, signature);

        var text = DeviceCodeFormat.Prefix + Base45.Encode(CoseSign1.Encode(_protectedHeader, payload, signature));
        var issued = Instant.FromUnixTimeSeconds(issuedAt);
        return new MintedCode(
            text, DeviceCodeFormat.IdOf(Certificate.Id, random), issued, issued + DeviceCodeFormat.Life, issued + RedrawAfter);
    }
}
