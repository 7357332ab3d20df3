using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Parking.Simulation.Settings;

/// <summary>
/// Signs people's tokens in the form that a Development service accepts: JSON Web Tokens (RFC 7519) with HS256 (RFC 7518, section 3.2).
/// </summary>
public static class TokenSigner
{
    /// <summary>The longest life of a token with duties that the service accepts.</summary>
    public static readonly Duration LongestWithDuties = Duration.FromMinutes(15);

    private static readonly byte[] Header = """{"alg":"HS256","typ":"JWT"}"""u8.ToArray();

    /// <summary>Creates a token.</summary>
    /// <param name="settings">Issuer, audience and key.</param>
    /// <param name="subject">The citizen code, or the operator's name.</param>
    /// <param name="duties">
    /// What the person may do where, such as <c>operate@city</c>; none for a citizen.
    /// </param>
    /// <param name="now">The time of issue.</param>
    /// <param name="lifetime">How long the token is valid: with duties at most <see cref="LongestWithDuties"/>.</param>
    /// <param name="staff">What the service's log and audit call a person with duties; null: by the subject.</param>
    public static string Sign(
        JwtSettings settings, string subject, IReadOnlyList<string> duties, Instant now, Duration lifetime, string? staff = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(duties);
        var hasDuties = duties.Count > 0;
        var claims = new Claims(
            settings.Issuer, settings.Audience, subject, hasDuties ? duties : null, hasDuties ? staff ?? subject : null,
            now.ToUnixTimeSeconds(), now.ToUnixTimeSeconds(), (now + lifetime).ToUnixTimeSeconds());
        var content = $"{Base64Url.EncodeToString(Header)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var signature = HMACSHA256.HashData(settings.SigningKey, System.Text.Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    private sealed record Claims(
        [property: JsonPropertyName("iss")] string Issuer,
        [property: JsonPropertyName("aud")] string Audience,
        [property: JsonPropertyName("sub")] string Subject,
        [property: JsonPropertyName("duty"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Duties,
        [property: JsonPropertyName("staff"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Staff,
        [property: JsonPropertyName("iat")] long IssuedAt,
        [property: JsonPropertyName("nbf")] long NotBefore,
        [property: JsonPropertyName("exp")] long ExpiresAt);
}
