using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>
/// The position of an event in the live file. Its content stays on the disk, so that a gate that is offline for days needs little memory.
/// </summary>
internal struct JournalEntry
{
    public required long Offset { get; init; }

    public required int Length { get; init; }

    public required bool IsScan { get; init; }

    /// <summary>The decision that the gate made alone, added after the scan was written; 0 if there is none.</summary>
    public ScanReason Local { get; set; }

    public bool IsAnswered { get; private set; }

    public GateDecision Decision { get; private set; }

    public ScanReason Reason { get; private set; }

    /// <summary>The offset of the scan's decision token.</summary>
    public long TokenOffset { get; private set; }

    /// <summary>The length of the decision token; 0 if there is none.</summary>
    public int TokenLength { get; private set; }

    /// <summary>Whether the event is sent as it was written.</summary>
    public readonly bool IsAsWritten => Local == 0 && TokenLength == 0;

    public void Take(StoredAnswer answer, long tokenOffset, int tokenLength) =>
        (IsAnswered, Decision, Reason, TokenOffset, TokenLength) = (true, answer.Decision, answer.Reason, tokenOffset, tokenLength);
}

/// <summary>The header record of a journal file.</summary>
/// <param name="Journal">The journal's id.</param>
/// <param name="Generation">1 for a gate's first journal; one more for each journal begun after a conflict.</param>
/// <param name="FirstSeq">The number of the first event in the file, or of the next event if the file has none.</param>
/// <param name="ClockOffset">The clock offset of the newest event before the file; 0 if there was none.</param>
/// <param name="Standing">The scan of the vehicle at the gate when the file was begun; null if there was none.</param>
/// <param name="IsCutOff">Whether the gate was offline at that moment.</param>
/// <param name="IsFaulty">Whether the barrier was faulty at that moment.</param>
internal sealed record JournalHeader(
    string Journal, int Generation, long FirstSeq, long ClockOffset = 0, StandingScan? Standing = null, bool IsCutOff = false,
    bool IsFaulty = false);

/// <summary>An event as it is sent.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Json">Its JSON in UTF-8: the written bytes, with a scan's decision token and local decision added if they came
/// later.</param>
internal readonly record struct StoredEvent(long Seq, ReadOnlyMemory<byte> Json)
{
    /// <summary>Whether it is a scan whose code was removed and that has no decision token.</summary>
    public bool IsEmptied => Json.Span.IndexOf("\"code\":\"\""u8) >= 0 && Deserialize() is ReportedScan { Code: "" };

    public static byte[] Serialize(ReportedEvent reported) => JsonSerializer.SerializeToUtf8Bytes(reported, GateProtocolJson.Options);

    public static ReportedEvent Deserialize(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<ReportedEvent>(json, GateProtocolJson.Options) ?? throw new JsonException("An event is never null.");

    public ReportedEvent Deserialize() => Deserialize(Json.Span);
}

/// <summary>The last scan, if its vehicle has neither passed nor left.</summary>
/// <param name="Seq">The scan's number.</param>
/// <param name="Act">What the barrier did for it; null if that is not written yet.</param>
internal readonly record struct StandingScan(long Seq, BarrierAct? Act)
{
    /// <summary>Whether the barrier is open for it.</summary>
    public bool IsOpen => Act is BarrierAct.Opened or BarrierAct.OpenedByHand;

    /// <summary>Whether the barrier is faulty after an event.</summary>
    public static bool IsFaultyAfter(bool isFaulty, ReportedEvent reported) => reported switch
    {
        ReportedIncident { Incident: GateIncident.BarrierFault } => true,
        ReportedIncident { Incident: GateIncident.BarrierRepaired } => false,
        _ => isFaulty,
    };

    /// <summary>The scan at the gate after an event.</summary>
    public static StandingScan? After(StandingScan? standing, ReportedEvent reported) => reported switch
    {
        ReportedScan scan => new StandingScan(scan.Seq, null),
        // A command is not obeyed again: after a restart, the barrier stays shut.
        ReportedAct { Command: not null } act when act.Scan == standing?.Seq => null,
        ReportedAct act when act.Scan is { } seq && seq == standing?.Seq =>
            act.Act is BarrierAct.Passed or BarrierAct.BackedOut ? null : new StandingScan(seq, act.Act),
        _ => standing,
    };
}
