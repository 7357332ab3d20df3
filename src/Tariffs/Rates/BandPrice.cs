using System.Collections.Immutable;

namespace Parking.Tariffs.Rates;

/// <summary>What time in a band costs: a flat rate, or a ladder.</summary>
public abstract record BandPrice
{
    private BandPrice()
    {
    }

    /// <summary>Owed once a period, from the first second charged in the band (rule 10).</summary>
    /// <param name="Value">Minor units; 0 for a free band.</param>
    /// <param name="Per">How often.</param>
    public sealed record Flat(long Value, FlatPer Per) : BandPrice;

    /// <summary>A row of steps (rule 9).</summary>
    /// <param name="Lines">At least one; without gap from zero on; the last has no end.</param>
    public sealed record Ladder(ImmutableArray<RateLine> Lines) : BandPrice;
}
