using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Parking.GateProtocol;

/// <summary>Events of one journal, posted to <c>/v1/gates/{gateId}/events</c>: the only path for live and late events.</summary>
public sealed record EventUpload
{
    /// <summary>The largest number of events in one upload.</summary>
    public const int MaxEvents = 256;

    /// <summary>The journal: 16 lowercase hexadecimal digits, random, new with a new disk.</summary>
    [Required]
    [RegularExpression("^[0-9a-f]{16}$", ErrorMessage = "journal is 16 lowercase hexadecimal digits, drawn at random once per disk.")]
    public required string Journal { get; init; }

    /// <summary>
    /// The lowest number of this journal that the gate still has; at most that of the first event here. Required if
    /// <see cref="UploadAnswer.AcknowledgedThrough"/> is lower than the number before it. The service acknowledged the earlier events and
    /// has lost them since; it no longer waits for them.
    /// </summary>
    [Range(EventSequence.First, EventSequence.Max, ErrorMessage = "keptFrom counts 1, 2, 3 … up to 9007199254740991.")]
    public long? KeptFrom { get; init; }

    /// <summary>
    /// The present run of the gate's steady clock: <see cref="GateBoot.Pattern"/>. Null if the gate has no steady clock. With
    /// <see cref="Steady"/> it dates the events here that were written in the same run.
    /// </summary>
    [RegularExpression(GateBoot.Pattern, ErrorMessage = GateBoot.Rule)]
    public string? Boot { get; init; }

    /// <summary>
    /// The reading of the steady clock when this upload was sent, in milliseconds. A repeated upload has its own.
    /// </summary>
    [Range(0, EventSequence.Max, ErrorMessage = GateBoot.SteadyRule)]
    public long? Steady { get; init; }

    /// <summary>
    /// The epoch in which the service acknowledged this journal's events: 8 hexadecimal digits; null if the gate knows none.
    /// <see cref="UploadAnswer.ResendFrom"/> depends on it.
    /// </summary>
    [RegularExpression(StoreEpochs.Pattern, ErrorMessage = StoreEpochs.Rule)]
    public string? Epoch { get; init; }

    /// <summary>
    /// 1 to <see cref="MaxEvents"/> events in ascending order of their numbers. Gaps are allowed: a live scan need not wait for earlier
    /// events.
    /// </summary>
    public required IReadOnlyList<ReportedEvent> Events { get; init; }
}

/// <summary>How an epoch is written.</summary>
public static class StoreEpochs
{
    /// <summary>What it matches: 8 lowercase hexadecimal digits.</summary>
    public const string Pattern = "^[0-9a-f]{8}$";

    /// <summary>What is said of a text that is none.</summary>
    public const string Rule = "epoch is 8 lowercase hexadecimal digits, as an answer had it.";
}

/// <summary>
/// The answer to an upload. If an event is in conflict, the status is 409 and this is the member <c>answer</c> of the problem.
/// </summary>
public sealed record UploadAnswer
{
    /// <summary>The service's clock, from which the gate estimates its own offset.</summary>
    public required Instant Time { get; init; }

    /// <summary>
    /// Identifies the life of the service's store. A new epoch means that the store was restarted, restored or emptied, and may have lost
    /// events. The gate then accepts a lower <see cref="AcknowledgedThrough"/> and sends the events above it again, and those that
    /// <see cref="ResendFrom"/> names. Within one epoch the number never falls; a lower one belongs to an old answer, or the service is
    /// about to find out that its store was emptied.
    /// </summary>
    public required string Epoch { get; init; }

    /// <summary>
    /// In a new epoch: the store has lost nothing that it acknowledged before this time. The gate sends again what was acknowledged to it
    /// at this time or later, whatever <see cref="AcknowledgedThrough"/> says. 1970-01-01T00:00:00Z: everything that the gate keeps.
    /// </summary>
    public Instant? ResendFrom { get; init; }

    /// <summary>The service knows every event of this journal up to and including this number; 0 if none.</summary>
    public required long AcknowledgedThrough { get; init; }

    /// <summary>One answer for each event, in the order of the events.</summary>
    public required IReadOnlyList<EventAnswer> Answers { get; init; }
}

/// <summary>The answer to one event of an upload.</summary>
public sealed record EventAnswer
{
    /// <summary>The event's number.</summary>
    public required long Seq { get; init; }

    /// <summary>The outcome.</summary>
    public required EventOutcome Outcome { get; init; }

    /// <summary>The decision on a scan; null for other events.</summary>
    public ScanAnswer? Scan { get; init; }

    /// <summary>The error and its place; null if there is none.</summary>
    public string? Error { get; init; }
}

/// <summary>The outcome of a reported event.</summary>
public enum EventOutcome
{
    /// <summary>A scan was decided, or recorded as the gate decided it: see <see cref="EventAnswer.Scan"/>.</summary>
    Decided = 1,

    /// <summary>Another event was stored.</summary>
    Recorded = 2,

    /// <summary>
    /// The event could not be parsed and is stored as unreadable: <see cref="EventAnswer.Error"/> says why. It counts as acknowledged; do
    /// not send it again.
    /// </summary>
    Unreadable = 3,

    /// <summary>
    /// The event is not stored, and is to be sent again. Either it refers to a scan that the service does not know yet: send the scan
    /// first. Or what the service has for it cannot be read now: <see cref="EventAnswer.Error"/> says so.
    /// </summary>
    Waiting = 4,

    /// <summary>
    /// A different event with this identity is stored (status 409). Nothing changed; the service has raised an alarm.
    /// </summary>
    Conflict = 5,

    /// <summary>The event was answered so long ago that its answer is no longer stored. Nothing is left to do.</summary>
    Forgotten = 6,
}
