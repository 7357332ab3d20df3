using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>People's tokens, as a service in Development accepts them.</summary>
internal static class DevelopmentTokens
{
    private static readonly DateTimeOffset Never = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A token of a citizen that was made long ago and does not expire.</summary>
    public static string Create(DevelopmentJwt jwt, string citizenCode) => Create(
        jwt, new() { [Citizen.CodeClaim] = citizenCode }, DateTimeOffset.UnixEpoch, Never - DateTimeOffset.UnixEpoch);

    /// <param name="jwt">The key.</param>
    /// <param name="claims">The claims besides those of the token itself.</param>
    /// <param name="issued">When it was issued; null to leave that out.</param>
    /// <param name="lifetime">From then on; null for a token that does not expire.</param>
    public static string Create(DevelopmentJwt jwt, Dictionary<string, object> claims, DateTimeOffset? issued, TimeSpan? lifetime)
    {
        if (issued is { } at)
        {
            claims[SignIn.IssuedClaim] = at.ToUnixTimeSeconds();
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = jwt.Issuer,
            Audience = jwt.Audience,
            Claims = claims,
            Expires = (issued + lifetime ?? Never).UtcDateTime,
            SigningCredentials = new(new SymmetricSecurityKey(Convert.FromBase64String(jwt.SigningKey)), SecurityAlgorithms.HmacSha256),
        });
    }
}
