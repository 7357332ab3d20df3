using System.Collections.Immutable;

namespace Parking.Tariffs.Rates;

/// <summary>A part of the week, with its price. APDS: <c>RateLineCollection</c> with <c>activeTimes</c>.</summary>
public sealed record Band
{
    internal Band()
    {
    }

    /// <summary>Distinguishes it within its rate.</summary>
    public required string Id { get; init; }

    /// <summary>For the price board and the receipt; null: its id is shown.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>When it holds; empty: whenever no other band of the rate does. At most one band of a rate is such a rest.</summary>
    public ImmutableArray<ActiveTime> ActiveTimes { get; init; } = [];

    /// <summary>The most that one occurrence costs, in minor units; null: no limit (rule 15).</summary>
    public long? MaxValue { get; init; }

    /// <summary>What time in it costs.</summary>
    public required BandPrice Price { get; init; }
}
