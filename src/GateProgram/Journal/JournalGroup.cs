using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>What is written together: all of it is there after a crash, or nothing.</summary>
internal sealed record JournalGroup
{
    /// <summary>Numbered on from <see cref="GateJournal.NextSeq"/>.</summary>
    public IReadOnlyList<ReportedEvent> Events { get; init; } = [];

    public LocalDecision? Local { get; init; }

    public StoredAnswer? Answer { get; init; }

    public Opening? Opening { get; init; }

    public bool IsEmpty => Events.Count == 0 && Local is null && Answer is null && Opening is null;
}
