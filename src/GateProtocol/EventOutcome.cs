namespace Parking.GateProtocol;

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
    /// The event refers to a scan that the service does not know yet, and is not stored. Send the scan, then this event again.
    /// </summary>
    Waiting = 4,

    /// <summary>
    /// An event with this identity and another content exists (status 409). Nothing changed; the service has raised an alarm.
    /// </summary>
    Conflict = 5,

    /// <summary>The event was answered so long ago that its answer is no longer stored. Nothing is left to do.</summary>
    Forgotten = 6,
}
