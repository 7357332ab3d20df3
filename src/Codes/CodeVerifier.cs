using NodaTime;

namespace Parking.Codes;

/// <summary>
/// Checks codes with nothing but published keys. Immutable, safe to use from many threads at once, and cheap to make: when the key set
/// changes, make another.
/// </summary>
public sealed class CodeVerifier
{
    // A code has 171 characters and the next larger algorithms' would have some 300 (ES512); beyond this it is certainly not one of ours,
    // and nobody can make a gate decode a megabyte.
    private const int LongestText = 1024;

    private readonly PublicKeySet _keys;
    private readonly Duration _skew;

    /// <summary>A verifier with a key set.</summary>
    /// <param name="keys">The published keys. With none, every code is of an unknown key.</param>
    /// <param name="lifetime">Says the tolerated clock skew; <see cref="CodeLifetime.Default"/> where omitted.</param>
    public CodeVerifier(PublicKeySet keys, CodeLifetime? lifetime = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
        _skew = (lifetime ?? CodeLifetime.Default).ClockSkew;
    }

    /// <summary>
    /// Checks a text. Never throws, whatever the text. In this order: prefix, Base45, shape, algorithm, key, signature, time. Single use
    /// and the holder's standing are the caller's.
    /// </summary>
    /// <param name="text">What a reader read, as it came: no character is trimmed and no letter's case is changed.</param>
    /// <param name="now">
    /// The time. With a skew of s, a code is in time from its issue − s, inclusive, to its expiry + s, exclusive.
    /// </param>
    /// <returns>What was found.</returns>
    /// <remarks>
    /// An ECDSA signature (r, s) fits as (r, n − s) too, so one code has two texts. Both are accepted, since signers by the standard make
    /// either; it is <see cref="CodeCheck.CodeId"/>, which the signature covers, that counts as one use. Never key anything on the text.
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

    // The skew is taken from the code's times, which are far from the ends of Instant's range; now may be any instant.
    private CodeRefusal TimeRefusal(Instant issuedAt, Instant expiresAt, Instant now) =>
        now < issuedAt - _skew ? CodeRefusal.NotYetValid
        : now >= expiresAt + _skew ? CodeRefusal.Expired
        : CodeRefusal.None;
}
