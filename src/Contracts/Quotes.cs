namespace Parking.Contracts;

/// <summary>Which rule a line of a quote comes from. Public: names may only ever be added.</summary>
public enum QuoteLineKind
{
    /// <summary>The whole stay is within the entry grace (rule 7). Amount 0.</summary>
    EntryGrace,

    /// <summary>The time before the chargeable start (rule 8). Amount 0.</summary>
    FreeTime,

    /// <summary>A flat rate (rule 10).</summary>
    Flat,

    /// <summary>A tier (rule 9).</summary>
    Tier,

    /// <summary>Started steps (rule 9).</summary>
    Increments,

    /// <summary>Exact time (rule 9).</summary>
    ProRata,

    /// <summary>The share of a step that a band change divided (rules 11 and 12).</summary>
    PartOfStep,

    /// <summary>Cut by a band's own cap (rule 15).</summary>
    BandCap,

    /// <summary>Cut by the calendar day's cap.</summary>
    DailyCap,

    /// <summary>Cut by the cap of 24 hours from the entry.</summary>
    Rolling24HoursCap,

    /// <summary>Cut by the cap of 7 days from the entry.</summary>
    Rolling7DaysCap,

    /// <summary>Cut by the cap of the whole stay.</summary>
    StayCap,

    /// <summary>Added up to the minimum charge (rule 16).</summary>
    MinimumCharge,

    /// <summary>Taken off by a validation (rule 17).</summary>
    Validation,

    /// <summary>The time after a payment that cost nothing (rule 22). Amount 0.</summary>
    ExitGrace,

    /// <summary>From the exact price to the rounded one (rule 18).</summary>
    Rounding,
}

/// <summary>Why a rate could not be chosen: the first of its conditions that does not hold.</summary>
public enum UnmetCondition
{
    /// <summary>The entry is in none of its entry times.</summary>
    EntryTimes,

    /// <summary>The exit is in none of its exit times.</summary>
    ExitTimes,

    /// <summary>The stay is longer than it allows.</summary>
    MaxLength,
}
