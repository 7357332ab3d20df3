using NodaTime;

namespace Parking.Simulation.Demo;

/// <summary>What a demo came to.</summary>
public sealed record DemoOutcome
{
    public required DemoPlan Plan { get; init; }

    public required IReadOnlyList<TapRecord> Taps { get; init; }

    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Prices to be shown, with all that they are made of.</summary>
    public required IReadOnlyList<Receipt> Receipts { get; init; }

    /// <summary>In which receipts say the time.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>How long the drivers drove.</summary>
    public required TimeSpan Took { get; init; }

    public bool IsGood => Checks.All(check => check.Holds);
}

/// <summary>Whether something that must hold does.</summary>
/// <param name="Claim">What must hold.</param>
/// <param name="Evidence">What it was checked on, for a person to read.</param>
/// <param name="Faults">Each instance where it does not hold; none where all is well.</param>
public sealed record CheckResult(string Claim, string Evidence, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}
