using NodaTime;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>Records that are written together. After a crash, either all of them are present or none.</summary>
internal sealed record JournalGroup
{
    /// <summary>The events, numbered from <see cref="GateJournal.NextSeq"/>.</summary>
    public IReadOnlyList<ReportedEvent> Events { get; init; } = [];

    public LocalDecision? Local { get; init; }

    public StoredAnswer? Answer { get; init; }

    public Opening? Opening { get; init; }

    public bool IsEmpty => Events.Count == 0 && Local is null && Answer is null && Opening is null;
}

/// <summary>A decision that the gate made alone after the service did not answer in time.</summary>
internal readonly record struct LocalDecision(long Scan, ScanReason Reason);

/// <summary>The part of the service's answer to a scan that the journal keeps.</summary>
/// <param name="Scan">The scan's number.</param>
/// <param name="Decision">The decision.</param>
/// <param name="Reason">The reason for it.</param>
/// <param name="DecisionToken">Replaces the code in the event; null if there is no decision to restore.</param>
internal readonly record struct StoredAnswer(long Scan, GateDecision Decision, ScanReason Reason, string? DecisionToken)
{
    public static StoredAnswer Of(long scan, ScanAnswer answer) => new(scan, answer.Decision, answer.Reason, answer.DecisionToken);
}

/// <summary>An opening of the barrier for a code.</summary>
/// <param name="At">When, in true time.</param>
/// <param name="IsAlone">Whether the gate decided without the service.</param>
/// <param name="Code">The code's id, which is not secret.</param>
/// <param name="GoodUntil">When the code is no longer accepted anywhere.</param>
/// <param name="IsLate">Whether the code was outside its time window.</param>
internal readonly record struct Opening(Instant At, bool IsAlone, CodeId Code, Instant GoodUntil, bool IsLate = false);

/// <summary>The service has every event up to a number.</summary>
/// <param name="Epoch">The epoch of the service's store.</param>
/// <param name="Through">The number; 0 for none.</param>
/// <param name="At">When the gate learnt it, in true time.</param>
internal sealed record Acknowledgement(string Epoch, long Through, Instant At);
