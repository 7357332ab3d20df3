using NodaTime;

namespace Parking.Codes.Devices;

/// <summary>
/// The service's word, for some days, that whoever signs with a device's key is a holder with a vehicle. Immutable. It is shown with each
/// code, so it is no secret; but all codes with the same certificate belong to one person.
/// </summary>
public sealed class DeviceCertificate
{
    private readonly byte[] _bytes;

    private DeviceCertificate(byte[] bytes, CertificateEnvelope envelope, VerificationKey publicKey)
    {
        _bytes = bytes;
        PublicKey = publicKey;
        KeyId = envelope.KeyId;
        Id = envelope.Id;
        IssuedAt = Instant.FromUnixTimeSeconds(envelope.IssuedAt);
        ExpiresAt = Instant.FromUnixTimeSeconds(envelope.ExpiresAt);
    }

    /// <summary>The certificate itself: 189 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The certificate key of the service that it names.</summary>
    public KeyId KeyId { get; }

    /// <summary>Its identity.</summary>
    public CertificateId Id { get; }

    /// <summary>The beginning of the hour of issue.</summary>
    public Instant IssuedAt { get; }

    /// <summary>The first instant at which it is no longer valid. A code must have expired by then.</summary>
    public Instant ExpiresAt { get; }

    /// <summary>The device's key, with which the codes are signed.</summary>
    public VerificationKey PublicKey { get; }

    /// <summary>Reads a certificate. Whether the service signed it is not verified: a phone trusts where it has it from.</summary>
    /// <param name="bytes">The certificate.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="FormatException">These bytes are not a certificate, or its key is no point of the curve.</exception>
    public static DeviceCertificate Read(ReadOnlySpan<byte> bytes)
    {
        var cursor = new CborCursor(bytes);
        if (!CertificateEnvelope.TryRead(ref cursor, out var envelope)
            || !cursor.AtEnd
            || envelope.Algorithm != CodeFormat.AlgorithmEs256)
        {
            throw new FormatException("These bytes are not a device certificate.");
        }

        try
        {
            return new DeviceCertificate(bytes.ToArray(), envelope, new VerificationKey(envelope.X, envelope.Y));
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"Not a device certificate: {e.Message}", e);
        }
    }

    /// <summary>The times only: all codes with the certificate belong to one person.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"device certificate issued {IssuedAt}, expires {ExpiresAt}";
}
