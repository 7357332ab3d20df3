using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Admission;

/// <summary>The result of handling one reported event.</summary>
/// <param name="Outcome">The outcome that the gate is told.</param>
/// <param name="AcknowledgedThrough">The journal's contiguous prefix after this event.</param>
/// <param name="Scan">The answer to a decided scan; null for every other event.</param>
/// <param name="Error">What is wrong with the event; null if nothing is.</param>
/// <param name="Decided">The decided scan in its holder's timeline; null if the scan names nobody or its timeline has forgotten it.</param>
/// <param name="IsRepeat">Whether a scan was answered before, and this is that answer again.</param>
public sealed record EventResult(
    EventOutcome Outcome,
    long AcknowledgedThrough,
    ScanAnswer? Scan = null,
    string? Error = null,
    DecidedScan? Decided = null,
    bool IsRepeat = false)
{
    /// <summary>Another content is stored under the event's identity. Nothing changed.</summary>
    public static EventResult Conflict(long acknowledgedThrough) => new(EventOutcome.Conflict, acknowledgedThrough);

    /// <summary>The event lies within the acknowledged prefix and its answer is no longer kept. It is not handled again.</summary>
    public static EventResult Forgotten(long acknowledgedThrough) => new(EventOutcome.Forgotten, acknowledgedThrough);

    /// <summary>The answer to the gate.</summary>
    public EventAnswer ToAnswer(long seq) => new() { Seq = seq, Outcome = Outcome, Scan = Scan, Error = Error };
}

/// <summary>A decided scan as it stands in its holder's timeline. It must not reach a log: it names the holder.</summary>
public sealed record DecidedScan(HolderId Holder, ScanEvent Scan);

/// <summary>One event of an upload as it was read.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Event">Its content; null if it cannot be understood.</param>
/// <param name="Content">The fingerprint of an event that cannot be understood.</param>
/// <param name="Error">What is wrong with an event that cannot be understood; otherwise null.</param>
/// <param name="SteadyAt">When it happened by the gate's steady clock, in milliseconds; see <see cref="TimeProof"/>.</param>
public sealed record IncomingEvent(
    long Seq, ReportedEvent? Event, Fingerprint Content, string? Error, Instant? SteadyAt = null);
