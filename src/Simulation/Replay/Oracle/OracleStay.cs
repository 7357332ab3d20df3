using NodaTime;

namespace Parking.Simulation.Replay.Oracle;

/// <summary>A stay as it must come out, the oracle knowing everything that happened.</summary>
public sealed class OracleStay
{
    private bool _isConflicting;

    private OracleStay(Passage first)
    {
        Driver = first.Driver;
        Facility = first.Facility;
        Vehicle = first.Vehicle;
    }

    public string Driver { get; }

    public string Facility { get; }

    /// <summary>The slot of the vehicle; 0: the code named none.</summary>
    public int Vehicle { get; }

    /// <summary>Null for a missed entry.</summary>
    public Passage? Entry { get; private init; }

    /// <summary>The passage out; null where nobody saw it.</summary>
    public Passage? Exit { get; private set; }

    /// <summary>The stay whose entry ended this one as a missed exit.</summary>
    public OracleStay? EndedBy { get; private set; }

    public Instant? EnteredAt => Entry?.At;

    public Instant? ExitedAt => Exit?.At;

    public Instant? EndedAt { get; private set; }

    public StayEnding Ending { get; private set; }

    public StayState State => _isConflicting ? StayState.Conflicting
        : Ending is StayEnding.Open or StayEnding.Exited ? StayState.Settled
        : StayState.Uncollectable;

    public bool IsOpen => Ending == StayEnding.Open;

    /// <summary>The inventory that ended it, as a line of the trace.</summary>
    public long? InventoryLine { get; private set; }

    /// <summary>The lines of the trace that made it what it is.</summary>
    public IReadOnlyList<long> Lines =>
        [.. new[] { Entry?.Line, Exit?.Line, EndedBy?.Entry?.Line, InventoryLine }.OfType<long>().Distinct().Order()];

    public static OracleStay Begin(Passage entry) => new(entry) { Entry = entry };

    /// <summary>A stay of which only the exit is known.</summary>
    public static OracleStay EndUnbegun(Passage exit) => new(exit) { Exit = exit, EndedAt = exit.At, Ending = StayEnding.MissedEntry };

    /// <summary>The vehicle left; it may have been taken for gone before.</summary>
    public void Leave(Passage exit) => (Exit, EndedAt, Ending) = (exit, exit.At, StayEnding.Exited);

    /// <summary>The vehicle came in elsewhere, or here once more.</summary>
    public void GiveWayTo(OracleStay next) => (EndedBy, EndedAt, Ending) = (next, next.EnteredAt, StayEnding.MissedExit);

    public void CloseByInventory(Instant at, long line) => (EndedAt, Ending, InventoryLine) = (at, StayEnding.Inventory, line);

    public void Contradict() => _isConflicting = true;
}

/// <summary>How a stay came to its end, if it has, by the names that the service writes.</summary>
public enum StayEnding
{
    /// <summary>Still parked.</summary>
    Open,

    /// <summary>Both gates saw the vehicle.</summary>
    Exited,

    /// <summary>The vehicle came in again without having been seen to leave.</summary>
    MissedExit,

    /// <summary>The vehicle left without having been seen to come in.</summary>
    MissedEntry,

    /// <summary>Somebody looked, and the vehicle was not there.</summary>
    Inventory,
}

/// <summary>How far the books on a stay can be trusted, by the names that the service writes.</summary>
public enum StayState
{
    /// <summary>Something about it is not known yet. With everything reported there is no such stay.</summary>
    Provisional,

    /// <summary>All that is known of it fits together.</summary>
    Settled,

    /// <summary>It cannot be true as it stands.</summary>
    Conflicting,

    /// <summary>One of its ends was seen by nobody.</summary>
    Uncollectable,

    /// <summary>It turned out to be part of another stay.</summary>
    Superseded,

    /// <summary>What it rested on did not happen.</summary>
    Withdrawn,
}
