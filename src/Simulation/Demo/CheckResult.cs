namespace Parking.Simulation.Demo;

/// <summary>Whether something that must hold does.</summary>
/// <param name="Claim">What must hold.</param>
/// <param name="Evidence">What it was checked on, for a person to read.</param>
/// <param name="Faults">Each instance where it does not hold; none where all is well.</param>
public sealed record CheckResult(string Claim, string Evidence, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}
