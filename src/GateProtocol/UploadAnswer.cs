using NodaTime;

namespace Parking.GateProtocol;

/// <summary>
/// The answer to an upload. If an event is in conflict, the status is 409 and this is the member <c>answer</c> of the problem.
/// </summary>
public sealed record UploadAnswer
{
    /// <summary>The service's clock, from which the gate estimates its own offset.</summary>
    public required Instant Time { get; init; }

    /// <summary>
    /// Identifies the life of the service's store. A new epoch means that the store was restarted and may have lost its latest events. The
    /// gate then accepts a lower <see cref="AcknowledgedThrough"/> and sends the events above it again. Within one epoch the number never
    /// falls; a lower one belongs to an old answer.
    /// </summary>
    public required string Epoch { get; init; }

    /// <summary>The service knows every event of this journal up to and including this number; 0 if none.</summary>
    public required long AcknowledgedThrough { get; init; }

    /// <summary>One answer for each event, in the order of the events.</summary>
    public required IReadOnlyList<EventAnswer> Answers { get; init; }
}
