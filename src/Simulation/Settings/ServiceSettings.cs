namespace Parking.Simulation.Settings;

/// <summary>How the simulator makes itself known to a service. All of it is secret: nothing here is ever printed.</summary>
/// <param name="Jwt">What people's tokens are signed with; null where <paramref name="Tokens"/> are given instead.</param>
/// <param name="Tokens">Tokens made elsewhere; null where <paramref name="Jwt"/> is given.</param>
/// <param name="GateKeys">The key of each gate, by the gate's name.</param>
public sealed record ServiceSettings(JwtSettings? Jwt, GivenTokens? Tokens, IReadOnlyDictionary<string, string> GateKeys)
{
    public override string ToString() => $"settings with {GateKeys.Count} gate keys";
}

/// <summary>What a Development service trusts tokens by.</summary>
/// <param name="Issuer">The <c>iss</c> of its tokens.</param>
/// <param name="Audience">Their <c>aud</c>.</param>
/// <param name="SigningKey">The key of HMAC-SHA-256: 32 bytes or more.</param>
public sealed record JwtSettings(string Issuer, string Audience, byte[] SigningKey)
{
    public override string ToString() => $"tokens of {Issuer} for {Audience}";
}

/// <summary>Bearer tokens made elsewhere: one citizen each, and one operator.</summary>
public sealed record GivenTokens(string Operator, IReadOnlyList<string> Citizens)
{
    public override string ToString() => $"tokens of an operator and {Citizens.Count} citizens";
}
