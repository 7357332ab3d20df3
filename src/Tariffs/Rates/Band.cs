using System.Collections.Immutable;

namespace Parking.Tariffs.Rates;

/// <summary>A part of the week with its price. APDS: <c>RateLineCollection</c> with <c>activeTimes</c>.</summary>
public sealed record Band
{
    internal Band()
    {
    }

    /// <summary>The id, unique within its rate.</summary>
    public required string Id { get; init; }

    /// <summary>The name on the price board and the receipt; null to show the id.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>
    /// The times of the band; empty for all times that no other band of the rate has. At most one band of a rate is empty.
    /// </summary>
    public ImmutableArray<ActiveTime> ActiveTimes { get; init; } = [];

    /// <summary>The cap of one occurrence, in minor units; null for no cap (rule 15).</summary>
    public long? MaxValue { get; init; }

    /// <summary>The price of time in the band.</summary>
    public required BandPrice Price { get; init; }
}
