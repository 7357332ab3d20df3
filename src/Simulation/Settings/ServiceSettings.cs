namespace Parking.Simulation.Settings;

/// <summary>The simulator's credentials for a service. All of it is secret and is never printed.</summary>
/// <param name="Jwt">The key that signs people's tokens; null if <paramref name="Tokens"/> are given instead.</param>
/// <param name="Tokens">Tokens made elsewhere; null if <paramref name="Jwt"/> is given.</param>
/// <param name="GateKeys">The key of each gate, by the gate's name.</param>
public sealed record ServiceSettings(JwtSettings? Jwt, GivenTokens? Tokens, IReadOnlyDictionary<string, string> GateKeys)
{
    public override string ToString() => $"settings with {GateKeys.Count} gate keys";
}

/// <summary>How a Development service verifies tokens.</summary>
/// <param name="Issuer">The claim <c>iss</c> of its tokens.</param>
/// <param name="Audience">The claim <c>aud</c> of its tokens.</param>
/// <param name="SigningKey">The key of HMAC-SHA-256: 32 bytes or more.</param>
public sealed record JwtSettings(string Issuer, string Audience, byte[] SigningKey)
{
    public override string ToString() => $"tokens of {Issuer} for {Audience}";
}

/// <summary>Bearer tokens made elsewhere: one for the operator, and one for each citizen.</summary>
public sealed record GivenTokens(string Operator, IReadOnlyList<string> Citizens)
{
    public override string ToString() => $"tokens of an operator and {Citizens.Count} citizens";
}
