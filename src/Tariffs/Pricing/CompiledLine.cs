using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>A rate line in seconds, with its price in units so small that every share of a step is a whole number of units.</summary>
internal sealed class CompiledLine
{
    /// <param name="line">The line.</param>
    /// <param name="index">The index in the ladder.</param>
    /// <param name="common">A common multiple of the lengths of all steps of which shares are charged.</param>
    public CompiledLine(RateLine line, int index, long common)
    {
        Line = line;
        Index = index;
        Start = Seconds.Of(line.DurationStart);
        End = Seconds.Of(line.DurationEnd);
        StepLength = line.IncrementPeriod is { } period ? Seconds.Of(period) : End == Seconds.Never ? Seconds.Never : End - Start;
        StepPrice = line.Value * common;
        PricePerSecond = StepLength == Seconds.Never ? 0 : StepPrice / StepLength;
    }

    public RateLine Line { get; }

    public int Index { get; }

    public bool IsProRata => Line.Kind == RateLineKind.ProRata;

    /// <summary>The start on the ladder, inclusive.</summary>
    public long Start { get; }

    /// <summary>The end on the ladder, exclusive; <see cref="Seconds.Never"/> if it has none.</summary>
    public long End { get; }

    public long StepLength { get; }

    /// <summary>The price of a step, in units per percent: multiplied by the occupancy factor's percentage, it is the charge.</summary>
    public long StepPrice { get; }

    /// <summary>The price of a second. It is exact if shares of the line's steps are charged, and otherwise not used.</summary>
    public long PricePerSecond { get; }
}
