using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>A part of a ladder: one step, equal steps in a row, or exact time. APDS: <c>RateLine</c>.</summary>
public sealed record RateLine
{
    internal RateLine()
    {
    }

    /// <summary>One step, equal steps, or exact time.</summary>
    public required RateLineKind Kind { get; init; }

    /// <summary>The price of a step, or of <see cref="IncrementPeriod"/> of exact time, in minor units: 0 to 100 000 000.</summary>
    public required long Value { get; init; }

    /// <summary>Where on the ladder it begins, inclusive.</summary>
    public required Duration DurationStart { get; init; }

    /// <summary>Where on the ladder it ends, exclusive; null: never.</summary>
    public Duration? DurationEnd { get; init; }

    /// <summary>The length of one step, or of what exact time is priced by; null for <see cref="RateLineKind.Tier"/>, whose step is all of it.</summary>
    public Duration? IncrementPeriod { get; init; }
}
