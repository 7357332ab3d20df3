using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Timelines;

/// <summary>A stay of one holder's vehicle at one facility, from entry to exit. Derived from the timeline, never edited.</summary>
public sealed record Stay
{
    /// <summary>The stay's name: its first event.</summary>
    public required GateEventId Id { get; init; }

    public required FacilityId Facility { get; init; }

    public required VehicleSlot Vehicle { get; init; }

    /// <summary>
    /// Null for a missed entry. The latest time at which it can have been, if it is not proven (<see cref="StayDoubts.EntryTime"/>): never
    /// after the end.
    /// </summary>
    public Instant? EnteredAt { get; init; }

    /// <summary>The earliest time of an entry whose time is not proven; otherwise null.</summary>
    public Instant? EarliestEntry { get; init; }

    /// <summary>What was recorded at its entry for its price; null if nothing was.</summary>
    public EntryTerms? Terms { get; init; }

    /// <summary>
    /// The event that ended it: an exit, an inventory, or the entry that showed that the exit was missed. Null while it is open.
    /// </summary>
    public GateEventId? EndedBy { get; init; }

    /// <summary>
    /// When it ended, or was found to have ended. Null while it is open. The earliest time at which it can have ended, if the time of the
    /// exit is not proven (<see cref="StayDoubts.ExitTime"/>).
    /// </summary>
    public Instant? EndedAt { get; init; }

    /// <summary>The latest time of an exit whose time is not proven; otherwise null.</summary>
    public Instant? LatestExit { get; init; }

    public StayEnding Ending { get; init; }

    public StayState State { get; init; }

    /// <summary>
    /// Why a person should look at it: none, unless it is <see cref="StayState.Conflicting"/>, or was until it became part of another stay
    /// or did not take place.
    /// </summary>
    public StayDoubts Doubts { get; init; }

    public bool IsOpen => Ending == StayEnding.Open;

    /// <summary>When the vehicle was seen to leave. Null while it is parked, and if nobody saw it leave.</summary>
    public Instant? ExitedAt => Ending is StayEnding.Exited or StayEnding.MissedEntry ? EndedAt : null;
}

/// <summary>How far the books on a stay can be trusted. Numbers and names are public: they may be added, but never changed.</summary>
public enum StayState
{
    /// <summary>It is not known yet what the barrier did for one of its scans.</summary>
    Provisional = 1,

    /// <summary>All that is known of it agrees.</summary>
    Settled = 2,

    /// <summary>It cannot be trusted as it is: <see cref="Stay.Doubts"/> says why.</summary>
    Conflicting = 3,

    /// <summary>Nobody saw one of its ends, so it has no fee.</summary>
    Uncollectable = 4,

    /// <summary>It turned out to be part of another stay, which its record names.</summary>
    Superseded = 5,

    /// <summary>What it was based on did not happen: the vehicle backed out, or the barrier stayed shut.</summary>
    Withdrawn = 6,
}

/// <summary>Why a stay cannot be trusted. Not stored. The names are public: they may be added, but never changed.</summary>
[Flags]
public enum StayDoubts
{
    /// <summary>Nothing speaks against it.</summary>
    None = 0,

    /// <summary>Nothing proves when the vehicle entered: the gate's clock was wrong, and only bounds are known.</summary>
    EntryTime = 1,

    /// <summary>Nothing proves when the vehicle left: the gate's clock was wrong, and only bounds are known.</summary>
    ExitTime = 2,

    /// <summary>Its vehicle was at two facilities at once.</summary>
    TwoPlaces = 4,

    /// <summary>One of its codes opened two barriers.</summary>
    CodeUsedTwice = 8,

    /// <summary>
    /// It is longer than a stay at its facility can plausibly be. This does not follow from events: it is added when a stay is told.
    /// </summary>
    TooLong = 16,

    /// <summary>The exit named another vehicle of the holder than the one that is known to be parked there.</summary>
    OtherVehicle = 32,

    /// <summary>Nobody saw the vehicle enter, and its plate was parked there under another holder when it left.</summary>
    OtherHolder = 64,
}

/// <summary>How a stay ended, if it has. Numbers and names are public: they may be added, but never changed.</summary>
public enum StayEnding
{
    /// <summary>Still parked.</summary>
    Open = 0,

    /// <summary>Both gates saw the vehicle.</summary>
    Exited = 1,

    /// <summary>The vehicle came in again, here or elsewhere, and nobody saw it leave before.</summary>
    MissedExit = 2,

    /// <summary>The vehicle left, and nobody saw it come in.</summary>
    MissedEntry = 3,

    /// <summary>Somebody looked, and the vehicle was not there.</summary>
    Inventory = 4,
}
