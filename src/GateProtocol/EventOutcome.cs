namespace Parking.GateProtocol;

/// <summary>What became of a reported event.</summary>
public enum EventOutcome
{
    /// <summary>A scan: <see cref="EventAnswer.Scan"/> says what was decided, or recorded as decided by the gate.</summary>
    Decided = 1,

    /// <summary>Any other event: it is stored.</summary>
    Recorded = 2,

    /// <summary>It could not be understood, and is stored as such: <see cref="EventAnswer.Error"/> says why. It counts as acknowledged; sending it again helps nobody.</summary>
    Unreadable = 3,

    /// <summary>It follows a scan that the service does not know yet, and is not stored. Send the scan, then this event again.</summary>
    Waiting = 4,

    /// <summary>Another content stands under this identity (status 409). Nothing changed; the service has raised an alarm.</summary>
    Conflict = 5,

    /// <summary>It was answered so long ago that the answer is no longer kept. Nothing is left to do for it.</summary>
    Forgotten = 6,
}
