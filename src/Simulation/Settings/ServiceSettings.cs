namespace Parking.Simulation.Settings;

/// <summary>How the simulator makes itself known to a service. All of it is secret: nothing here is ever printed.</summary>
/// <param name="Jwt">What people's tokens are signed with; null where <paramref name="Tokens"/> are given instead.</param>
/// <param name="Tokens">Tokens made elsewhere; null where <paramref name="Jwt"/> is given.</param>
/// <param name="GateKeys">The key of each gate, by the gate's name.</param>
public sealed record ServiceSettings(JwtSettings? Jwt, GivenTokens? Tokens, IReadOnlyDictionary<string, string> GateKeys)
{
    public override string ToString() => $"settings with {GateKeys.Count} gate keys";
}
