using NodaTime;

namespace Parking.Codes;

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
