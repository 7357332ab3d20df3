using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>A part of a ladder: one step, equal steps, or exact time. APDS: <c>RateLine</c>.</summary>
public sealed record RateLine
{
    internal RateLine()
    {
    }

    /// <summary>One step, equal steps, or exact time.</summary>
    public required RateLineKind Kind { get; init; }

    /// <summary>The price of a step, or of <see cref="IncrementPeriod"/> of exact time, in minor units: 0 to 100 000 000.</summary>
    public required long Value { get; init; }

    /// <summary>The start on the ladder, inclusive.</summary>
    public required Duration DurationStart { get; init; }

    /// <summary>The end on the ladder, exclusive; null for no end.</summary>
    public Duration? DurationEnd { get; init; }

    /// <summary>
    /// The length of one step, or the period of the price of exact time; null for <see cref="RateLineKind.Tier"/>, which is one step.
    /// </summary>
    public Duration? IncrementPeriod { get; init; }
}

/// <summary>How a rate line charges.</summary>
public enum RateLineKind
{
    /// <summary>One step over the whole line. APDS: <c>flatRateTier</c>.</summary>
    Tier,

    /// <summary>Started steps of equal length. APDS: <c>incrementingRate</c>.</summary>
    Increments,

    /// <summary>Exact to the second: <c>incrementingRate</c> with <c>proRata</c>.</summary>
    ProRata,
}
