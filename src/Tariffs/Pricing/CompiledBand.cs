using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>A band, or the time after the maximum stay, compiled for the walk.</summary>
internal sealed class CompiledBand
{
    public CompiledBand(int index, string id, LocalizedText name, BandPrice price, long? maxValue, long common)
    {
        Index = index;
        Id = id;
        Name = name;
        Cap = new(maxValue is { } max ? (Int128)max * common * CompiledRate.Percent : CapMeter.None);
        if (price is BandPrice.Flat flat)
        {
            Flat = flat;
            FlatPrice = flat.Value * common;
        }

        Lines = price is BandPrice.Ladder ladder ? [.. ladder.Lines.Select((line, i) => new CompiledLine(line, i, common))] : [];
    }

    /// <summary>The index in the rate; -1 for overstay.</summary>
    public int Index { get; }

    public string Id { get; }

    public LocalizedText Name { get; }

    public bool IsOverstay => Index < 0;

    /// <summary>Null if there is a ladder.</summary>
    public BandPrice.Flat? Flat { get; }

    /// <summary>The flat price, in units per percent, like a line's step price.</summary>
    public long FlatPrice { get; }

    public CompiledLine[] Lines { get; }

    /// <summary>The cap of one occurrence, with nothing charged yet.</summary>
    public CapMeter Cap { get; }
}
