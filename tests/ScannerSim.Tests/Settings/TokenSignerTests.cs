using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Tests.Settings;

public class TokenSignerTests
{
    private static readonly JwtSettings Jwt = new("some-issuer", "some-audience", [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public void Sign_AnyToken_HasTheSignatureThatTheKeyGives()
    {
        var parts = TokenSigner.Sign(Jwt, "citizen", [], Now, Duration.FromHours(1)).Split('.');

        Assert.Equal(3, parts.Length);
        using var hmac = new HMACSHA256(Jwt.SigningKey);
        Assert.Equal(
            Convert.ToHexString(hmac.ComputeHash(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"))),
            Convert.ToHexString(FromBase64Url(parts[2])));
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Encoding.UTF8.GetString(FromBase64Url(parts[0])));
    }

    [Fact]
    public void Sign_Citizen_HasClaimsAndNoDuty()
    {
        var claims = Claims(TokenSigner.Sign(Jwt, "citizen", [], Now, Duration.FromHours(1)));

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"iss":"some-issuer","aud":"some-audience","sub":"citizen","iat":1800000000,"nbf":1800000000,"exp":1800003600}
                """),
            claims));
    }

    [Fact]
    public void Sign_Operator_HasDutiesAndAName()
    {
        var claims = Claims(TokenSigner.Sign(Jwt, "somebody", ["watch@city", "money@city"], Now, TokenSigner.LongestWithDuties))!;

        Assert.Equal("""["watch@city","money@city"]""", claims["duty"]!.ToJsonString());
        Assert.Equal("somebody", (string?)claims["staff"]);
    }

    private static JsonNode? Claims(string token) => JsonNode.Parse(FromBase64Url(token.Split('.')[1]));

    private static byte[] FromBase64Url(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}
