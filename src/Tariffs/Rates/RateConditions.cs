using System.Collections.Immutable;
using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>When a rate can be chosen: all given conditions must be met (rule 21).</summary>
public sealed record RateConditions
{
    internal RateConditions()
    {
    }

    /// <summary>The entry lies in one of these, start inclusive and end exclusive; empty for any entry.</summary>
    public ImmutableArray<ActiveTime> EntryTimes { get; init; } = [];

    /// <summary>The exit lies in one of these, both ends inclusive; empty for any exit. Requires <see cref="MaxLength"/>.</summary>
    public ImmutableArray<ActiveTime> ExitTimes { get; init; } = [];

    /// <summary>The stay is not longer than this, inclusive; null for any length.</summary>
    public Duration? MaxLength { get; init; }
}
