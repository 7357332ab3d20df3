using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>A rate line in seconds, with its price in units so small that every share of a step is a whole number of them.</summary>
internal sealed class CompiledLine
{
    /// <param name="line">The line.</param>
    /// <param name="index">Its place on the ladder.</param>
    /// <param name="common">A multiple of the lengths of all steps whose shares are charged.</param>
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

    /// <summary>Position on the ladder, inclusive.</summary>
    public long Start { get; }

    /// <summary>Position on the ladder, exclusive; <see cref="Seconds.Never"/>.</summary>
    public long End { get; }

    public long StepLength { get; }

    /// <summary>In units of one percent: times the occupancy factor's percentage it is the charge.</summary>
    public long StepPrice { get; }

    /// <summary>Exact where shares of the line's steps are charged; of no use elsewhere.</summary>
    public long PricePerSecond { get; }
}
