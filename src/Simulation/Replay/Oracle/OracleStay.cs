using NodaTime;

namespace Parking.Simulation.Replay.Oracle;

/// <summary>An expected stay, computed with knowledge of all events.</summary>
public sealed class OracleStay
{
    private bool _isConflicting;
    private bool _isTooLong;

    private OracleStay(Passage first)
    {
        Driver = first.Driver;
        Facility = first.Facility;
        Vehicle = first.Vehicle;
    }

    public string Driver { get; }

    public string Facility { get; }

    /// <summary>The slot of the vehicle; 0 if the code named none.</summary>
    public int Vehicle { get; }

    /// <summary>The entry; null for a missed entry.</summary>
    public Passage? Entry { get; private init; }

    /// <summary>The exit; null if it was not recorded.</summary>
    public Passage? Exit { get; private set; }

    /// <summary>The stay whose entry ended this one as a missed exit.</summary>
    public OracleStay? EndedBy { get; private set; }

    public Instant? EnteredAt => Entry?.At;

    public Instant? ExitedAt => Exit?.At;

    public Instant? EndedAt { get; private set; }

    /// <summary>Until when it is billed, if that is before its end.</summary>
    public Instant? BilledUntil { get; private set; }

    public StayEnding Ending { get; private set; }

    /// <summary>Whether the driver left with the code of another own vehicle than the one that came.</summary>
    public bool HasAnotherPlate => Entry is { Vehicle: > 0 } && Exit is { Vehicle: > 0 } && Entry.Vehicle != Exit.Vehicle;

    /// <summary>If so: the stay that the vehicle of that code had open elsewhere at that moment.</summary>
    public OracleStay? OtherStayAtExit { get; private set; }

    public StayState State => _isTooLong ? StayState.Conflicting : StateByEvents;

    /// <summary>The state without regard to how long it is: what is said of an open stay that nobody looks at.</summary>
    public StayState StateByEvents => _isConflicting || HasAnotherPlate ? StayState.Conflicting
        : Ending == StayEnding.Exited && Exit!.IsLate ? StayState.Provisional
        : Ending is StayEnding.Open or StayEnding.Exited ? StayState.Settled
        : StayState.Uncollectable;

    public bool IsOpen => Ending == StayEnding.Open;

    /// <summary>The trace's line of the inventory that ended it.</summary>
    public long? InventoryLine { get; private set; }

    /// <summary>The trace's lines that determine this stay.</summary>
    public IReadOnlyList<long> Lines =>
        [.. new[] { Entry?.Line, Exit?.Line, EndedBy?.Entry?.Line, InventoryLine }.OfType<long>().Distinct().Order()];

    public static OracleStay Begin(Passage entry) => new(entry) { Entry = entry };

    /// <summary>Creates a stay of which only the exit is known.</summary>
    public static OracleStay EndUnbegun(Passage exit) => new(exit) { Exit = exit, EndedAt = exit.At, Ending = StayEnding.MissedEntry };

    /// <summary>The vehicle left. The stay may have been ended before by an inventory or by another entry.</summary>
    public void Leave(Passage exit, OracleStay? otherStay = null) =>
        (Exit, EndedAt, Ending, OtherStayAtExit) = (exit, exit.At, StayEnding.Exited, otherStay);

    /// <summary>The vehicle entered again, here or elsewhere, so that this stay ends as a missed exit.</summary>
    public void GiveWayTo(OracleStay next) => (EndedBy, EndedAt, Ending) = (next, next.EnteredAt, StayEnding.MissedExit);

    public void CloseByInventory(Instant at, long line) => (EndedAt, Ending, InventoryLine) = (at, StayEnding.Inventory, line);

    public void Contradict() => _isConflicting = true;

    /// <summary>A stay that lasts longer than is plausible is conflicting, and is billed up to that time.</summary>
    public void Limit(Duration longest, Instant now)
    {
        if (Ending is StayEnding.Open or StayEnding.Exited && (EndedAt ?? now) - EnteredAt > longest)
        {
            _isTooLong = true;
            BilledUntil = EnteredAt + longest;
        }
    }
}

/// <summary>How a stay ended, with the names that the service uses.</summary>
public enum StayEnding
{
    /// <summary>The stay has not ended.</summary>
    Open,

    /// <summary>Entry and exit were recorded.</summary>
    Exited,

    /// <summary>The vehicle entered again without a recorded exit.</summary>
    MissedExit,

    /// <summary>The vehicle left without a recorded entry.</summary>
    MissedEntry,

    /// <summary>An inventory found that the vehicle was not present.</summary>
    Inventory,
}

/// <summary>How reliable the data of a stay is, with the names that the service uses.</summary>
public enum StayState
{
    /// <summary>Some events are missing, or the stay ended with a code that had expired. The first is over when all are reported.</summary>
    Provisional,

    /// <summary>All known events are consistent.</summary>
    Settled,

    /// <summary>The known events contradict each other.</summary>
    Conflicting,

    /// <summary>The entry or the exit was not recorded, so no fee can be charged.</summary>
    Uncollectable,

    /// <summary>The stay became part of another stay.</summary>
    Superseded,

    /// <summary>The events behind the stay did not happen.</summary>
    Withdrawn,
}
