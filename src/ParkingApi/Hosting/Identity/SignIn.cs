using System.Globalization;
using System.Security.Claims;
using NodaTime;
using Parking.Ports;

namespace Parking.Api.Hosting.Identity;

/// <summary>What a request's token or cookie says about the sign-in behind it, by the clock of whoever issued it.</summary>
/// <param name="Person">Whose it is; nobody's, if it is a wall screen's.</param>
/// <param name="IssuedAt">When it was made, to the second; the earliest instant if it does not say.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="HasDuties">Whether it states any duty, well-formed or not.</param>
internal sealed record SignIn(CitizenKey Person, Instant IssuedAt, Instant ExpiresAt, bool HasDuties)
{
    /// <summary>The claims with its times, in seconds since 1970.</summary>
    public const string IssuedClaim = "iat", ExpiryClaim = "exp";

    /// <summary>If it is a wall screen's: the value of its claim. Then there is no person.</summary>
    public string? Screen { get; private init; }

    /// <summary>The sign-in of this principal; null if it names nobody.</summary>
    public static SignIn? Of(ClaimsPrincipal principal, ServiceSecrets secrets)
    {
        var screen = Screens.ClaimOf(principal);
        var code = principal.FindFirstValue(Citizen.CodeClaim);
        if (screen is null && code is not { Length: > 0 })
        {
            return null;
        }

        return new(
            screen is null ? secrets.CitizenKeyOf(code!) : default,
            TimeOf(principal, IssuedClaim) ?? Instant.MinValue,
            TimeOf(principal, ExpiryClaim) ?? Instant.MinValue,
            principal.HasClaim(claim => claim.Type == DutyReader.Claim))
        {
            Screen = screen,
        };
    }

    /// <summary>A claim of a time; null if there is none that can be read.</summary>
    public static Instant? TimeOf(ClaimsPrincipal principal, string claim) =>
        long.TryParse(principal.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= Instant.MaxValue.ToUnixTimeSeconds()
            ? Instant.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>A claim of a time.</summary>
    public static Claim ClaimOf(string claim, Instant time) =>
        new(claim, time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64);
}
