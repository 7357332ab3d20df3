namespace Parking.Optics.Trials;

/// <summary>The results of several frames, counted.</summary>
public sealed record Tally
{
    public required string Name { get; init; }

    public required int Frames { get; init; }

    /// <summary>The number of frames with a symbol.</summary>
    public required int Symbols { get; init; }

    /// <summary>The number of frames from which any text was read.</summary>
    public required int Read { get; init; }

    /// <summary>The number of frames from which the exact text was read.</summary>
    public required int Exact { get; init; }

    /// <summary>The number of frames from which a different text was read, or any text without a symbol.</summary>
    public required int Wrong { get; init; }

    /// <summary>Exact texts as a percentage of the symbols; null without symbols.</summary>
    public double? Rate => Symbols == 0 ? null : 100.0 * Exact / Symbols;

    /// <summary>In milliseconds; null if times were not measured.</summary>
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
