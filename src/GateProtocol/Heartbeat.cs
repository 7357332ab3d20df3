using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Parking.GateProtocol;

/// <summary>
/// Shows that a gate is alive; posted to <c>/v1/gates/{gateId}/heartbeats</c> every <see cref="GateFeed.HeartbeatSeconds"/>.
/// </summary>
public sealed record Heartbeat
{
    /// <summary>The current journal: 16 lowercase hexadecimal digits.</summary>
    [Required]
    [RegularExpression("^[0-9a-f]{16}$", ErrorMessage = "journal is 16 lowercase hexadecimal digits, drawn at random once per disk.")]
    public required string Journal { get; init; }

    /// <summary>
    /// The number of the journal's newest event; 0 if there is none. Events between it and the acknowledged prefix are not uploaded yet.
    /// </summary>
    [Range(0, EventSequence.Max, ErrorMessage = "lastSeq counts 0, 1, 2 … up to 9007199254740991.")]
    public required long LastSeq { get; init; }

    /// <summary>As in <see cref="EventUpload.Epoch"/>.</summary>
    [RegularExpression(StoreEpochs.Pattern, ErrorMessage = StoreEpochs.Rule)]
    public string? Epoch { get; init; }

    /// <summary>The gate's own clock.</summary>
    public required Instant DeviceTime { get; init; }

    /// <summary>The gate's current estimate; see <see cref="ReportedEvent.ClockOffset"/>.</summary>
    [Range(
        -ReportedEvent.MaxClockOffset, ReportedEvent.MaxClockOffset, ErrorMessage = "clockOffset is in milliseconds, a century at most.")]
    public long ClockOffset { get; init; }

    /// <summary>How the barrier is; null if the gate does not say.</summary>
    public BarrierPosition? Barrier { get; init; }
}

/// <summary>The answer to a heartbeat.</summary>
public sealed record HeartbeatAnswer
{
    /// <summary>The service's clock.</summary>
    public required Instant Time { get; init; }

    /// <summary>As in <see cref="UploadAnswer.Epoch"/>.</summary>
    public required string Epoch { get; init; }

    /// <summary>As in <see cref="UploadAnswer.ResendFrom"/>.</summary>
    public Instant? ResendFrom { get; init; }

    /// <summary>As in <see cref="UploadAnswer.AcknowledgedThrough"/>.</summary>
    public required long AcknowledgedThrough { get; init; }

    /// <summary>The feed's current entity tag. If it differs from the gate's, the gate fetches its feed.</summary>
    public required string Feed { get; init; }

    /// <summary>
    /// The newest number of <see cref="GateRevocations"/>. If the gate has read up to another one, it asks for the rest. Null from a
    /// service of before this member, and while the service does not know.
    /// </summary>
    public long? Revocations { get; init; }
}
