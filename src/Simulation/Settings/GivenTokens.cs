namespace Parking.Simulation.Settings;

/// <summary>Bearer tokens made elsewhere: one citizen each, and one operator.</summary>
public sealed record GivenTokens(string Operator, IReadOnlyList<string> Citizens)
{
    public override string ToString() => $"tokens of an operator and {Citizens.Count} citizens";
}
