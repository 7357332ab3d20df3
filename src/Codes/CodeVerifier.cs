using NodaTime;

namespace Parking.Codes;

/// <summary>
/// Verifies codes with published keys only. Immutable and thread-safe. When the key set changes, create a new verifier: it is cheap.
/// </summary>
public sealed class CodeVerifier
{
    // A code has 171 characters; with the next larger algorithm (ES512) it would have some 300. The limit prevents a gate from decoding a
    // megabyte.
    private const int LongestText = 1024;

    private readonly PublicKeySet _keys;
    private readonly Duration _skew;

    /// <summary>Creates a verifier for a key set.</summary>
    /// <param name="keys">The published keys. If there are none, every code has an unknown key.</param>
    /// <param name="lifetime">The lifetime, for its clock skew; <see cref="CodeLifetime.Default"/> if omitted.</param>
    public CodeVerifier(PublicKeySet keys, CodeLifetime? lifetime = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
        _skew = (lifetime ?? CodeLifetime.Default).ClockSkew;
    }

    /// <summary>
    /// Verifies a text. Never throws. The order is: prefix, Base45, shape, algorithm, key, signature, time. The caller checks single use
    /// and the holder's standing.
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
        if (!text.StartsWith(CodeFormat.Prefix, StringComparison.Ordinal))
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

        return CodeEnvelope.TryRead(bytes, out var envelope) ? Verify(envelope, now) : new CodeCheck(CodeRefusal.BadShape);
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
        CodeFormat.WriteToBeSigned(envelope.ProtectedHeader, envelope.Payload, toBeSigned);
        if (!key.Verify(toBeSigned, envelope.Signature))
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

    internal CodeCheck(CodeRefusal refusal, KeyId keyId, CodeId codeId, Instant issuedAt, Instant expiresAt)
        : this(refusal, keyId)
    {
        CodeId = codeId;
        IssuedAt = issuedAt;
        ExpiresAt = expiresAt;
    }

    /// <summary>Why the code was refused, or <see cref="CodeRefusal.None"/>.</summary>
    public CodeRefusal Refusal => _made ? _refusal : CodeRefusal.NotACode;

    /// <summary>Whether the code is genuine and within its time window. It does not say whether the code was used before.</summary>
    public bool IsAccepted => Refusal == CodeRefusal.None;

    /// <summary>
    /// Whether the signature is valid, so that the other members are the signer's: the code is accepted, or only outside its time window.
    /// </summary>
    public bool IsGenuine => Refusal is CodeRefusal.None or CodeRefusal.NotYetValid or CodeRefusal.Expired;

    /// <summary>
    /// The key that the code names. For diagnosis it is also set if the refusal is <see cref="CodeRefusal.UnknownKey"/> or
    /// <see cref="CodeRefusal.BadSignature"/>; it is then only the text's claim. For other refusals it is the default.
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
}

/// <summary>
/// Why a text is not a valid code, in the order of the checks; the first failure is reported. The numbers are stored, and the gate protocol
/// uses the same numbers. New values may be added; existing ones never change.
/// </summary>
public enum CodeRefusal
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>The text does not begin with <see cref="CodeFormat.Prefix"/>.</summary>
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
}
