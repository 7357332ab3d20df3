namespace Parking.Simulation.Replay.Verdict;

/// <summary>How much was compared, and how much of it agreed.</summary>
public sealed record VerdictCounts
{
    public int Decisions { get; init; }

    /// <summary>Decisions that were compared with what the trace expects.</summary>
    public int DecisionsCompared { get; init; }

    /// <summary>Not compared: a fault reached them.</summary>
    public int DecisionsReached { get; init; }

    /// <summary>Not compared: the trace expects nothing of them.</summary>
    public int DecisionsUnexpected { get; init; }

    public int Passages { get; init; }

    /// <summary>Passages that are an end of exactly one stay in the books.</summary>
    public int PassagesInOneStay { get; init; }

    public int PassagesLost { get; init; }

    public int PassagesDoubled { get; init; }

    public int StaysExpected { get; init; }

    public int StaysFound { get; init; }

    /// <summary>Found in the books, whether or not everything about them is right.</summary>
    public int StaysMatched { get; init; }

    /// <summary>Stays that the books may have forgotten: they ended more than 30 days before.</summary>
    public int StaysForgotten { get; init; }

    /// <summary>Records of what was taken back or became part of another stay.</summary>
    public int RecordsSetAside { get; init; }

    public int FeesCompared { get; init; }

    public int SamplesCompared { get; init; }

    /// <summary>Samples with something in flight or unsent.</summary>
    public int SamplesLeftOut { get; init; }
}
