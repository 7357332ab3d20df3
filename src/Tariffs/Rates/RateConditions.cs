using System.Collections.Immutable;
using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>When a rate may be chosen: all that is given must hold (rule 21).</summary>
public sealed record RateConditions
{
    internal RateConditions()
    {
    }

    /// <summary>The entry lies in one of these, start inclusive and end exclusive; empty: any entry.</summary>
    public ImmutableArray<ActiveTime> EntryTimes { get; init; } = [];

    /// <summary>The exit lies in one of these, both ends inclusive; empty: any exit. Never without <see cref="MaxLength"/>.</summary>
    public ImmutableArray<ActiveTime> ExitTimes { get; init; } = [];

    /// <summary>The stay is not longer than this, inclusive; null: any length.</summary>
    public Duration? MaxLength { get; init; }
}
