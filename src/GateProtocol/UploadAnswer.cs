using NodaTime;

namespace Parking.GateProtocol;

/// <summary>The answer to an upload. Where an event is in conflict it comes with status 409, as the member <c>answer</c> of the problem.</summary>
public sealed record UploadAnswer
{
    /// <summary>The service's clock, for the gate to estimate its own offset by.</summary>
    public required Instant Time { get; init; }

    /// <summary>
    /// Names the life of the service's store. A new one means that the store was restarted and may have lost its last moments: from then on a lower
    /// <see cref="AcknowledgedThrough"/> is to be believed, and what lies above it is to be sent again. Within one epoch it never falls; a lower one then is an old answer.
    /// </summary>
    public required string Epoch { get; init; }

    /// <summary>Every event of this journal up to and including this number is known to the service. 0: none yet.</summary>
    public required long AcknowledgedThrough { get; init; }

    /// <summary>One answer for each event, in their order.</summary>
    public required IReadOnlyList<EventAnswer> Answers { get; init; }
}
