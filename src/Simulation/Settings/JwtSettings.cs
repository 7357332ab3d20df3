namespace Parking.Simulation.Settings;

/// <summary>What a Development service trusts tokens by.</summary>
/// <param name="Issuer">The <c>iss</c> of its tokens.</param>
/// <param name="Audience">Their <c>aud</c>.</param>
/// <param name="SigningKey">The key of HMAC-SHA-256: 32 bytes or more.</param>
public sealed record JwtSettings(string Issuer, string Audience, byte[] SigningKey)
{
    public override string ToString() => $"tokens of {Issuer} for {Audience}";
}
