using NodaTime;
using Parking.Codes.Devices;

namespace Parking.Codes;

/// <summary>
/// Verifies codes, of the service and of devices, with published keys only. Immutable and thread-safe. When a key set changes, create a new
/// verifier: it is cheap.
/// </summary>
public sealed class CodeVerifier
{
    // The longest code has 426 characters; with the next larger algorithm (ES512) it would have some 700. The limit prevents a gate from
    // decoding a megabyte.
    private const int LongestText = 1024;

    private static readonly PublicKeySet NoCertificateKeys = new([], KeyUse.Certificates);

    private readonly PublicKeySet _keys;
    private readonly PublicKeySet _certificateKeys;
    private readonly Duration _skew;

    /// <summary>Creates a verifier for a key set.</summary>
    /// <param name="keys">The published code keys. If there are none, every code of the service has an unknown key.</param>
    /// <param name="lifetime">The lifetime, for its clock skew; <see cref="CodeLifetime.Default"/> if omitted.</param>
    /// <param name="certificateKeys">The published certificate keys. Without any, every device code has an unknown key.</param>
    /// <exception cref="ArgumentException">A set has keys of the other use.</exception>
    public CodeVerifier(PublicKeySet keys, CodeLifetime? lifetime = null, PublicKeySet? certificateKeys = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys.Use == KeyUse.Codes ? keys : throw new ArgumentException("These are certificate keys.", nameof(keys));
        _certificateKeys = (certificateKeys ?? NoCertificateKeys) is { Use: KeyUse.Certificates } issuers
            ? issuers
            : throw new ArgumentException("These are code keys.", nameof(certificateKeys));
        _skew = (lifetime ?? CodeLifetime.Default).ClockSkew;
    }

    /// <summary>
    /// Verifies a text. Never throws. The order is: prefix, Base45, shape, algorithm, key, of a device code its certificate, signature, of
    /// a device code its certificate's time, time. The caller checks single use, and standing of holder and device.
    /// </summary>
    /// <param name="text">The text of a symbol, unchanged: not trimmed, and in its original case.</param>
    /// <param name="now">
    /// The time. With a clock skew of s, a code is valid from its issue − s, inclusive, to its expiry + s, exclusive.
    /// </param>
    /// <returns>The result.</returns>
    /// <remarks>
    /// If an ECDSA signature (r, s) is valid, (r, n − s) is valid too, so a code has two texts. Both are accepted, because standard signers
    /// produce either. <see cref="CodeCheck.CodeId"/>, which the signature covers, identifies the use. Never use the text as a key.
    /// </remarks>
    public CodeCheck Verify(ReadOnlySpan<char> text, Instant now)
    {
        var isOfDevice = text.StartsWith(DeviceCodeFormat.Prefix, StringComparison.Ordinal);
        if (!isOfDevice && !text.StartsWith(CodeFormat.Prefix, StringComparison.Ordinal))
        {
            return new CodeCheck(CodeRefusal.NotACode);
        }

        if (text.Length > LongestText)
        {
            return new CodeCheck(CodeRefusal.BadShape);
        }

        var encoded = text[CodeFormat.Prefix.Length..];
        Span<byte> bytes = stackalloc byte[Base45.GetDecodedLength(encoded.Length)];
        if (!Base45.TryDecode(encoded, bytes, out _))
        {
            return new CodeCheck(CodeRefusal.BadEncoding);
        }

        return isOfDevice && DeviceCodeEnvelope.TryRead(bytes, out var ofDevice) ? Verify(ofDevice, now)
            : !isOfDevice && CodeEnvelope.TryRead(bytes, out var ofService) ? Verify(ofService, now)
            : new CodeCheck(CodeRefusal.BadShape);
    }

    private CodeCheck Verify(DeviceCodeEnvelope envelope, Instant now)
    {
        var refusal = DeviceCodeRules.Check(envelope, _certificateKeys, _skew);
        if (refusal == CodeRefusal.UnsupportedAlgorithm)
        {
            return new CodeCheck(refusal);
        }

        if (refusal != CodeRefusal.None)
        {
            return new CodeCheck(refusal, envelope.Certificate.KeyId);
        }

        var issuedAt = Instant.FromUnixTimeSeconds(envelope.IssuedAt);
        var expiresAt = issuedAt + DeviceCodeFormat.Life;
        var certificate = new CodeCertificate(
            envelope.Certificate.Id,
            Instant.FromUnixTimeSeconds(envelope.Certificate.IssuedAt),
            Instant.FromUnixTimeSeconds(envelope.Certificate.ExpiresAt));
        var id = DeviceCodeFormat.IdOf(certificate.Id, envelope.Random);
        return new CodeCheck(
            TimeRefusal(issuedAt, expiresAt, now), envelope.Certificate.KeyId, id, issuedAt, expiresAt, certificate);
    }

    private CodeCheck Verify(CodeEnvelope envelope, Instant now)
    {
        if (envelope.Algorithm != CodeFormat.AlgorithmEs256)
        {
            return new CodeCheck(CodeRefusal.UnsupportedAlgorithm);
        }

        if (!_keys.TryGet(envelope.KeyId, out var key))
        {
            return new CodeCheck(CodeRefusal.UnknownKey, envelope.KeyId);
        }

        Span<byte> toBeSigned = stackalloc byte[CodeFormat.ToBeSignedSize];
        CoseSign1.WriteToBeSigned(envelope.Message.ProtectedHeader, externalData: [], envelope.Message.Payload, toBeSigned);
        if (!key.Verify(toBeSigned, envelope.Message.Signature))
        {
            return new CodeCheck(CodeRefusal.BadSignature, envelope.KeyId);
        }

        var issuedAt = Instant.FromUnixTimeSeconds(envelope.IssuedAt);
        var expiresAt = Instant.FromUnixTimeSeconds(envelope.ExpiresAt);
        return new CodeCheck(TimeRefusal(issuedAt, expiresAt, now), envelope.KeyId, envelope.CodeId, issuedAt, expiresAt);
    }

    // The skew is applied to the code's times, which are far from the limits of Instant; now can be any instant.
    private CodeRefusal TimeRefusal(Instant issuedAt, Instant expiresAt, Instant now) =>
        now < issuedAt - _skew ? CodeRefusal.NotYetValid
        : now >= expiresAt + _skew ? CodeRefusal.Expired
        : CodeRefusal.None;
}

/// <summary>
/// The result of a verification. The default value, which no verifier returns, is a refusal (<see cref="CodeRefusal.NotACode"/>): a
/// forgotten check must not open a barrier.
/// </summary>
public readonly record struct CodeCheck
{
    private readonly bool _made;
    private readonly CodeRefusal _refusal;

    internal CodeCheck(CodeRefusal refusal, KeyId keyId = default)
    {
        _made = true;
        _refusal = refusal;
        KeyId = keyId;
    }

    internal CodeCheck(
        CodeRefusal refusal, KeyId keyId, CodeId codeId, Instant issuedAt, Instant expiresAt, CodeCertificate? certificate = null)
        : this(refusal, keyId)
    {
        CodeId = codeId;
        IssuedAt = issuedAt;
        ExpiresAt = expiresAt;
        Certificate = certificate;
    }

    /// <summary>Why the code was refused, or <see cref="CodeRefusal.None"/>.</summary>
    public CodeRefusal Refusal => _made ? _refusal : CodeRefusal.NotACode;

    /// <summary>Whether the code is genuine and within its time window. It does not say whether the code was used before.</summary>
    public bool IsAccepted => Refusal == CodeRefusal.None;

    /// <summary>
    /// Whether the signatures are valid, so that the other members are the signer's: the code is accepted, or only outside its time window.
    /// A device's code outside its certificate's time is not genuine: for that time the service vouched for nobody.
    /// </summary>
    public bool IsGenuine => Refusal is CodeRefusal.None or CodeRefusal.NotYetValid or CodeRefusal.Expired;

    /// <summary>
    /// The key that the code, or its certificate, names. For diagnosis it is also set if the refusal is
    /// <see cref="CodeRefusal.UnknownKey"/>, <see cref="CodeRefusal.BadCertificate"/>, <see cref="CodeRefusal.BadSignature"/> or
    /// <see cref="CodeRefusal.OutsideCertificate"/>; it is then only the text's claim. For other refusals it is the default.
    /// </summary>
    public KeyId KeyId { get; }

    /// <summary>The code's identity, which enforces single use; the default unless <see cref="IsGenuine"/>.</summary>
    public CodeId CodeId { get; }

    /// <summary>The issue time, in whole seconds; the default unless <see cref="IsGenuine"/>.</summary>
    public Instant IssuedAt { get; }

    /// <summary>
    /// The first instant at which the code is no longer valid, without clock skew; the default unless <see cref="IsGenuine"/>.
    /// </summary>
    public Instant ExpiresAt { get; }

    /// <summary>
    /// The certificate, if a device signed the code; null if the service did, and unless <see cref="IsGenuine"/>.
    /// </summary>
    public CodeCertificate? Certificate { get; }

    /// <summary>
    /// The time before which the code cannot have been shown, by the service's word: its own issue, or its certificate's. A device's
    /// <see cref="IssuedAt"/> is only the phone's claim. The default unless <see cref="IsGenuine"/>.
    /// </summary>
    public Instant ProvenFrom => Certificate?.IssuedAt ?? IssuedAt;
}

/// <summary>What the certificate of a device's code says to anybody.</summary>
/// <param name="Id">Its identity, which only the service can open, and by which it is revoked.</param>
/// <param name="IssuedAt">The issue time, in whole seconds.</param>
/// <param name="ExpiresAt">The first instant at which it is no longer valid.</param>
public readonly record struct CodeCertificate(CertificateId Id, Instant IssuedAt, Instant ExpiresAt);

/// <summary>
/// Why a text is not a valid code; the first failure is reported, in the order that the verifier says. The numbers are stored, and the
/// gate protocol uses the same numbers. New values may be added; existing ones never change.
/// </summary>
public enum CodeRefusal
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>
    /// The text begins neither with <see cref="CodeFormat.Prefix"/> nor with <see cref="DeviceCodeFormat.Prefix"/>.
    /// </summary>
    NotACode = 10,

    /// <summary>What follows the prefix is not Base45 (RFC 9285).</summary>
    BadEncoding = 11,

    /// <summary>
    /// The bytes are not exactly a code's CBOR: a field is unknown, missing, repeated, out of order, of another type or size, or not in its
    /// shortest form; there is a tag, or bytes after the end; or the text is too long.
    /// </summary>
    BadShape = 12,

    /// <summary>The shape is right, but the algorithm is not ES256.</summary>
    UnsupportedAlgorithm = 13,

    /// <summary>The code names a key that is not in the key set.</summary>
    UnknownKey = 14,

    /// <summary>The signature is invalid: the code is forged or damaged.</summary>
    BadSignature = 15,

    /// <summary>The code is genuine, but issued later than now plus the clock skew.</summary>
    NotYetValid = 16,

    /// <summary>The code is genuine, but expired, including the clock skew.</summary>
    Expired = 17,

    /// <summary>A device's certificate is forged or damaged, or its key is no point of the curve.</summary>
    BadCertificate = 18,

    /// <summary>
    /// Both signatures of a device's code are valid, but it does not lie within its certificate's time (the issue may be earlier by the
    /// clock skew), or the certificate is for longer than 7 days.
    /// </summary>
    OutsideCertificate = 19,
}
