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
