using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Timelines;

/// <summary>Entry to exit of one holder's vehicle at one facility. Derived from the timeline, never edited.</summary>
public sealed record Stay
{
    /// <summary>The stay's name: its first event.</summary>
    public required GateEventId Id { get; init; }

    public required FacilityId Facility { get; init; }

    public required VehicleSlot Vehicle { get; init; }

    /// <summary>Null for a missed entry.</summary>
    public Instant? EnteredAt { get; init; }

    /// <summary>What was recorded at its entry for its price; null where nothing was.</summary>
    public EntryTerms? Terms { get; init; }

    /// <summary>The event that ended it: an exit, or the entry that showed the exit was missed. Null while it is open.</summary>
    public GateEventId? EndedBy { get; init; }

    /// <summary>When it ended, or was found to have ended. Null while it is open.</summary>
    public Instant? EndedAt { get; init; }

    public StayEnding Ending { get; init; }

    public StayState State { get; init; }

    public bool IsOpen => Ending == StayEnding.Open;

    /// <summary>When the vehicle was seen to leave; null while it is parked and where nobody saw it.</summary>
    public Instant? ExitedAt => Ending is StayEnding.Exited or StayEnding.MissedEntry ? EndedAt : null;
}
