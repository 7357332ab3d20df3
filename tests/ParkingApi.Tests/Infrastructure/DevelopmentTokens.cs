using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>People's tokens, as a service in Development accepts them.</summary>
internal static class DevelopmentTokens
{
    // The library checks expiry by the system's clock, not by the test's. So most tokens do not expire.
    private static readonly DateTime Expiry = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="lifetime">From now on; null for a token that does not expire.</param>
    /// <param name="entitlements">The claim's value, a text or a list; null for none.</param>
    public static string Create(
        DevelopmentJwt jwt, string citizenCode, string? role = null, TimeSpan? lifetime = null, object? entitlements = null)
    {
        var claims = new Dictionary<string, object> { [Citizen.CodeClaim] = citizenCode };
        if (role is not null)
        {
            claims[Citizen.RoleClaim] = role;
        }

        if (entitlements is not null)
        {
            claims[Citizen.EntitlementsClaim] = entitlements;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = jwt.Issuer,
            Audience = jwt.Audience,
            Claims = claims,
            Expires = lifetime is { } limited ? Now() + limited : Expiry,
            SigningCredentials = new(new SymmetricSecurityKey(Convert.FromBase64String(jwt.SigningKey)), SecurityAlgorithms.HmacSha256),
        });
    }

#pragma warning disable RS0030 // The library compares with the system's clock, so a token that is to expire has to be made by it.
    private static DateTime Now() => DateTime.UtcNow;
#pragma warning restore RS0030
}
