using NodaTime;

namespace Parking.Simulation.Demo;

/// <summary>The result of a demo.</summary>
public sealed record DemoOutcome
{
    public required DemoPlan Plan { get; init; }

    public required IReadOnlyList<TapRecord> Taps { get; init; }

    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Prices to show, with their lines.</summary>
    public required IReadOnlyList<Receipt> Receipts { get; init; }

    /// <summary>The time zone of times in receipts.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>The time from the first driver's start to the last driver's end.</summary>
    public required TimeSpan Took { get; init; }

    public bool IsGood => Checks.All(check => check.Holds);
}

/// <summary>The result of one check.</summary>
/// <param name="Claim">What must hold.</param>
/// <param name="Evidence">What it was checked on, for a person to read.</param>
/// <param name="Faults">Each case where it does not hold; empty if the check passed.</param>
public sealed record CheckResult(string Claim, string Evidence, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}
