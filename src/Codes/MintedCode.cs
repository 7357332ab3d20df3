using NodaTime;

namespace Parking.Codes;

/// <summary>A code as it is handed to its holder's phone.</summary>
/// <param name="Text">The code itself: 171 characters of the QR alphanumeric set. A secret until it expires: never log or store it.</param>
/// <param name="Id">Its identity.</param>
/// <param name="IssuedAt">The whole second it was made in.</param>
/// <param name="ExpiresAt">The first instant at which it is no longer valid, clock skew aside.</param>
/// <param name="RedrawAt">When the phone should show the next one.</param>
public sealed record MintedCode(string Text, CodeId Id, Instant IssuedAt, Instant ExpiresAt, Instant RedrawAt)
{
    /// <summary>The times only: the text is a secret, and the generated text would put it into any log that is given this object.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"code issued {IssuedAt}, expires {ExpiresAt}";
}
