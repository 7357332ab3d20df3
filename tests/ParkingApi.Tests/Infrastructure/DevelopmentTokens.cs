using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>People's tokens, as a service in Development accepts them.</summary>
internal static class DevelopmentTokens
{
    // They expire by the system's clock, which is the library's and not ours; so these do not expire.
    private static readonly DateTime Expiry = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static string Create(DevelopmentJwt jwt, string citizenCode, string? role = null)
    {
        var claims = new Dictionary<string, object> { [Citizen.CodeClaim] = citizenCode };
        if (role is not null)
        {
            claims[Citizen.RoleClaim] = role;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = jwt.Issuer,
            Audience = jwt.Audience,
            Claims = claims,
            Expires = Expiry,
            SigningCredentials = new(new SymmetricSecurityKey(Convert.FromBase64String(jwt.SigningKey)), SecurityAlgorithms.HmacSha256),
        });
    }
}
