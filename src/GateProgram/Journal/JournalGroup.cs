using NodaTime;
using Parking.Codes;
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

/// <summary>What a gate decided alone of a scan that it had asked about.</summary>
internal readonly record struct LocalDecision(long Scan, ScanReason Reason);

/// <summary>What the service answered to a scan, as far as it is kept.</summary>
/// <param name="Scan">The scan's number.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="DecisionToken">Takes the code's place from now on; null where nothing would have to be restored.</param>
internal readonly record struct StoredAnswer(long Scan, GateDecision Decision, ScanReason Reason, string? DecisionToken)
{
    public static StoredAnswer Of(long scan, ScanAnswer answer) => new(scan, answer.Decision, answer.Reason, answer.DecisionToken);
}

/// <summary>The barrier was opened for a code.</summary>
/// <param name="At">When: true time as the gate knew it.</param>
/// <param name="IsAlone">Whether the gate decided it alone.</param>
/// <param name="Code">The code's identity, which is no secret.</param>
/// <param name="GoodUntil">When nobody accepts the code any more.</param>
internal readonly record struct Opening(Instant At, bool IsAlone, CodeId Code, Instant GoodUntil);

/// <summary>The service has everything up to a number.</summary>
/// <param name="Epoch">The life of its store.</param>
/// <param name="Through">The number; 0: nothing.</param>
/// <param name="At">When that was learnt: true time as the gate knew it.</param>
internal sealed record Acknowledgement(string Epoch, long Through, Instant At);
