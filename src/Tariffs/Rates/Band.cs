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

/// <summary>The price of time in a band: a flat rate or a ladder.</summary>
public abstract record BandPrice
{
    private BandPrice()
    {
    }

    /// <summary>A flat rate, owed once a period, from the first second charged in the band (rule 10).</summary>
    /// <param name="Value">Minor units; 0 for a free band.</param>
    /// <param name="Per">The period.</param>
    public sealed record Flat(long Value, FlatPer Per) : BandPrice;

    /// <summary>A sequence of rate lines (rule 9).</summary>
    /// <param name="Lines">At least one line; contiguous from zero; the last has no end.</param>
    public sealed record Ladder(ImmutableArray<RateLine> Lines) : BandPrice;
}

/// <summary>How often a flat rate is owed.</summary>
public enum FlatPer
{
    /// <summary>Once a stay.</summary>
    Stay,

    /// <summary>Once in each occurrence of the band: each night, each evening.</summary>
    Band,

    /// <summary>Once on each calendar date with a second in the band.</summary>
    CalendarDay,
}
