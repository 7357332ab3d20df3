namespace Parking.Optics.Trials;

/// <summary>What came of several frames.</summary>
public sealed record Tally
{
    public required string Name { get; init; }

    public required int Frames { get; init; }

    /// <summary>How many of them have a symbol.</summary>
    public required int Symbols { get; init; }

    /// <summary>From how many any text was read.</summary>
    public required int Read { get; init; }

    /// <summary>From how many the very text was read.</summary>
    public required int Exact { get; init; }

    /// <summary>From how many another one was read, or any where there is no symbol.</summary>
    public required int Wrong { get; init; }

    /// <summary>Exact texts of a hundred symbols; null without symbols.</summary>
    public double? Rate => Symbols == 0 ? null : 100.0 * Exact / Symbols;

    /// <summary>Milliseconds; null where they were not measured.</summary>
    public double? Median { get; init; }

    public double? P95 { get; init; }

    public double? Max { get; init; }

    public static Tally Of(string name, IEnumerable<FrameOutcome> frames)
    {
        FrameOutcome[] outcomes = [.. frames];
        var times = Percentiles.Of(
            outcomes.Where(static outcome => outcome.Took is not null).Select(static outcome => outcome.Took!.Value));
        return new Tally
        {
            Name = name,
            Frames = outcomes.Length,
            Symbols = outcomes.Count(static outcome => outcome.HasSymbol),
            Read = outcomes.Count(static outcome => outcome.Text is not null),
            Exact = outcomes.Count(static outcome => outcome is { HasSymbol: true, Verdict: Verdict.Right }),
            Wrong = outcomes.Count(static outcome => outcome.Verdict == Verdict.Wrong),
            Median = times?.P50.TotalMilliseconds,
            P95 = times?.P95.TotalMilliseconds,
            Max = times?.Max.TotalMilliseconds,
        };
    }
}
