using System.Collections.Immutable;

namespace Parking.Tariffs.Rates;

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
