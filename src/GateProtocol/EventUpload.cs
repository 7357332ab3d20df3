using System.ComponentModel.DataAnnotations;

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
    /// 1 to <see cref="MaxEvents"/> events in ascending order of their numbers. Gaps are allowed: a live scan need not wait for earlier
    /// events.
    /// </summary>
    public required IReadOnlyList<ReportedEvent> Events { get; init; }
}
