using System.Security.Cryptography;
using NodaTime;

namespace Parking.Codes.Devices;

/// <summary>Issues device certificates with the certificate key of a ring that signs at the time. Immutable and thread-safe.</summary>
public sealed class CertificateIssuer
{
    /// <summary>Of what is issued at the end of an hour, an hour is left.</summary>
    private static readonly Duration ShortestLife = Duration.FromHours(2);

    private readonly KeyRing _ring;
    private readonly Action<Span<byte>> _fillRandom;

    /// <summary>Creates an issuer for a ring. When the ring changes, create a new one: it is cheap.</summary>
    /// <param name="ring">The keys.</param>
    public CertificateIssuer(KeyRing ring)
        : this(ring, RandomNumberGenerator.Fill)
    {
    }

    /// <summary>Creates an issuer with the random source of a test.</summary>
    internal CertificateIssuer(KeyRing ring, Action<Span<byte>> fillRandom)
    {
        ArgumentNullException.ThrowIfNull(ring);
        _ring = ring;
        _fillRandom = fillRandom;
    }

    /// <summary>
    /// Issues one certificate, dated to the beginning of the hour. To the second, the eight certificates that a phone gets at once would
    /// name it: few phones ask in the same second, but many in the same hour.
    /// </summary>
    /// <param name="holder">The holder, vehicle and device for whom it speaks.</param>
    /// <param name="device">
    /// The device's public key, of whose private half the caller has had a proof. For each certificate another one: a key that is seen
    /// twice links two passages.
    /// </param>
    /// <param name="now">The time.</param>
    /// <param name="life">From the beginning of the hour to the expiry: whole hours, from 2 to 168 (7 days).</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The life is out of range, or issue or expiry lies outside 1970-01-01T18:12:16Z to 2106-02-07T06:28:15Z.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// No certificate key signs yet (see <see cref="KeyRing.CertificateSignerAt"/>).
    /// </exception>
    public DeviceCertificate Issue(SealedHolder holder, VerificationKey device, Instant now, Duration life)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (life < ShortestLife || life > CertificateFormat.LongestLife || life != Duration.FromHours((int)life.TotalHours))
        {
            throw new ArgumentOutOfRangeException(
                nameof(life), life, $"Whole hours, at least {ShortestLife}, at most {CertificateFormat.LongestLife}.");
        }

        var seconds = CodeFormat.SecondsOf(now);
        var hour = Instant.FromUnixTimeSeconds(seconds - (seconds % NodaConstants.SecondsPerHour));
        var issuedAt = CodeFormat.SecondsOf(hour);
        var expiresAt = CodeFormat.SecondsOf(hour + life);
        var key = _ring.CertificateSignerAt(now)
            ?? throw new InvalidOperationException($"No certificate key signs at {now}.");
        Span<byte> random = stackalloc byte[DeviceSeal.RandomSize];
        _fillRandom(random);
        var id = new DeviceSeal(key.Seal).Seal(holder, random);

        var protectedHeader = CodeFormat.EncodeProtectedHeader(key.Id);
        var payload = CertificateFormat.EncodePayload(expiresAt, issuedAt, id, device);
        Span<byte> toBeSigned = stackalloc byte[CertificateFormat.ToBeSignedSize];
        CoseSign1.WriteToBeSigned(protectedHeader, externalData: [], payload, toBeSigned);
        Span<byte> signature = stackalloc byte[VerificationKey.SignatureSize];
        key.Signer.Sign(toBeSigned, signature);
        return DeviceCertificate.Read(CoseSign1.Encode(protectedHeader, payload, signature));
    }
}
