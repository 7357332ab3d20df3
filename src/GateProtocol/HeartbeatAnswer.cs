using NodaTime;

namespace Parking.GateProtocol;

/// <summary>The answer to a heartbeat.</summary>
public sealed record HeartbeatAnswer
{
    /// <summary>The service's clock.</summary>
    public required Instant Time { get; init; }

    /// <summary>As in <see cref="UploadAnswer.Epoch"/>.</summary>
    public required string Epoch { get; init; }

    /// <summary>As in <see cref="UploadAnswer.AcknowledgedThrough"/>.</summary>
    public required long AcknowledgedThrough { get; init; }

    /// <summary>The feed's current entity tag. If it differs from the gate's, the gate fetches its feed.</summary>
    public required string Feed { get; init; }
}
