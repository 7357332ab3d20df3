using NodaTime;

namespace Parking.Codes;

/// <summary>A new code for its holder's phone.</summary>
/// <param name="Text">The code itself: 171 characters of the QR alphanumeric set. A secret until it expires: never log or store it.</param>
/// <param name="Id">Its identity.</param>
/// <param name="IssuedAt">The issue time, in whole seconds.</param>
/// <param name="ExpiresAt">The first instant at which it is no longer valid, without clock skew.</param>
/// <param name="RedrawAt">When the phone should show the next one.</param>
public sealed record MintedCode(string Text, CodeId Id, Instant IssuedAt, Instant ExpiresAt, Instant RedrawAt)
{
    /// <summary>The times only: the code is a secret, and the record's generated text would reveal it in logs.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"code issued {IssuedAt}, expires {ExpiresAt}";
}
