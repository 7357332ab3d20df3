using NodaTime;

namespace Parking.Codes;

/// <summary>
/// What a verifier found. The default, which no verifier returns, reads as refused (<see cref="CodeRefusal.NotACode"/>): a check that was
/// forgotten must not open a barrier.
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

    /// <summary>Whether the code is genuine and in time. Whether it was used before is not known here.</summary>
    public bool IsAccepted => Refusal == CodeRefusal.None;

    /// <summary>
    /// Whether the signature fits, so that the other members say what the signer said: accepted, or only out of time.
    /// </summary>
    public bool IsGenuine => Refusal is CodeRefusal.None or CodeRefusal.NotYetValid or CodeRefusal.Expired;

    /// <summary>
    /// The key the code names. Also set, for diagnosis, where the refusal is <see cref="CodeRefusal.UnknownKey"/> or
    /// <see cref="CodeRefusal.BadSignature"/>: there it is only what the text claims. Otherwise the default.
    /// </summary>
    public KeyId KeyId { get; }

    /// <summary>The code's identity, by which its single use is counted; the default unless <see cref="IsGenuine"/>.</summary>
    public CodeId CodeId { get; }

    /// <summary>When it was issued, in whole seconds; the default unless <see cref="IsGenuine"/>.</summary>
    public Instant IssuedAt { get; }

    /// <summary>The first instant at which it is no longer valid, skew aside; the default unless <see cref="IsGenuine"/>.</summary>
    public Instant ExpiresAt { get; }
}
