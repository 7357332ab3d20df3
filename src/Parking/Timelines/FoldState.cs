using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Timelines;

/// <summary>The stays of one holder up to some moment, while <see cref="TimelineFold"/> goes through time.</summary>
/// <remarks>
/// <para>An exit that finds no open stay at its facility proves in two cases that the last stay of its vehicle there was closed wrongly. It
/// then ends that stay. In the first case, an inventory or a late exit closed it; what was taken for its exit is then a missed entry. In
/// the second case, an entry closed it as a missed exit, but the exit cannot have been missed, because that entry was elsewhere and the
/// vehicle is still parked there, or because that entry was on the very code of the stay's own entry. In the second case both stays are
/// conflicting.</para>
/// <para>Otherwise an exit that names another vehicle of the holder ends the only stay that the holder has open there: a driver chose the
/// wrong plate, or wants to leave free. That stay is conflicting. A later exit there that finds no stay of its own moves this end to
/// itself, and the exit before it is a missed entry after all.</para>
/// <para>A passage whose time is not proven is taken at the earliest time at which it can have been, when its code was issued: drivers show
/// codes within a minute. What it costs is counted the other way, in favour of the driver, who did not cause the doubt: an entry counts
/// from the latest time, though not after the stay's end, and an exit from the earliest.</para>
/// </remarks>
internal sealed class FoldState(Passages passages, HashSet<CodeId> codesUsedTwice)
{
    private readonly List<Folded> _stays = [];

    /// <summary>The open stays in the order in which they were entered. There are few, however long the history.</summary>
    private readonly List<Folded> _open = [];

    public bool ClosesAnOpenStay(ScanEvent scan) =>
        scan.Direction == GateDirection.Exit && FindMatch(_open, scan.Facility, scan.Vehicle) is not null;

    public void Take(ScanEvent scan)
    {
        if (scan.Direction == GateDirection.Entry)
        {
            Enter(scan);
        }
        else if (FindMatch(_open, scan.Facility, scan.Vehicle) is { } parked)
        {
            Exit(parked, scan);
        }
        else if (FindWronglyClosed(scan) is { } wrongly)
        {
            Exit(wrongly, scan);
        }
        else if (_open.Where(stay => stay.Stay.Facility == scan.Facility).ToList() is [var only])
        {
            only.ParkedElsewhere = FindParked(scan.Vehicle);
            Exit(only, scan);
        }
        else if (FindEndedByAnother(scan) is { } ended)
        {
            Exit(ended, scan);
        }
        else
        {
            var missed = MissEntry(scan, FindParked(scan.Vehicle));
            missed.NamesAnotherVehicle = _open.Exists(stay => stay.Stay.Facility == scan.Facility);
            _stays.Add(missed);
        }
    }

    /// <param name="inventory">The inventory.</param>
    /// <param name="at">When it counts.</param>
    public void Take(InventoryEvent inventory, Instant at)
    {
        var closed = _open.Where(parked =>
            parked.Stay.Facility == inventory.Facility && inventory.Closes.Contains(parked.Stay.Id.Digest()));
        foreach (var parked in closed.ToList())
        {
            End(parked, inventory.Id, at, StayEnding.Inventory);
        }
    }

    /// <summary>The stays with their times and states, in the order in which they began.</summary>
    public IReadOnlyList<Stay> Conclude() => [.. _stays.Select(Conclude)];

    private void Enter(ScanEvent scan)
    {
        var left = FindParked(scan.Vehicle);
        var entered = new Folded(new()
        {
            Id = scan.Id,
            Facility = scan.Facility,
            Vehicle = scan.Vehicle,
            EnteredAt = scan.LatestAt ?? scan.OccurredAt,
            EarliestEntry = scan.LatestAt is null ? null : scan.OccurredAt,
            Terms = scan.Terms,
        })
        {
            Entry = scan,
        };
        _stays.Add(entered);
        _open.Add(entered);
        if (left is not null)
        {
            End(left, scan.Id, scan.OccurredAt, StayEnding.MissedExit);
            left.ClosedBy = entered;
        }
    }

    private void Exit(Folded parked, ScanEvent exit)
    {
        if (parked.ClosedBy is { } other)
        {
            parked.WasAtTwoPlaces = other.WasAtTwoPlaces = true;
            parked.ClosedBy = null;
        }

        if (parked.Exit is { } before)
        {
            _stays.Insert(_stays.IndexOf(parked) + 1, MissEntry(before, parked.ParkedElsewhere));
            parked.ParkedElsewhere = null;
            if (passages.IsLateExit(before) && FindParked(parked.Stay.Vehicle) is { } again)
            {
                // The vehicle leaves here while it is parked there.
                parked.WasAtTwoPlaces = again.WasAtTwoPlaces = true;
            }
        }

        parked.Exit = exit;
        End(parked, exit.Id, exit.OccurredAt, StayEnding.Exited);
    }

    private Folded? FindWronglyClosed(ScanEvent exit)
    {
        var last = FindMatch([.. _stays.Where(stay => !IsOnlyALateExit(stay))], exit.Facility, exit.Vehicle);
        return last?.Stay.Ending switch
        {
            StayEnding.Inventory => last,
            StayEnding.Exited when passages.IsLateExit(last.Exit!) && !passages.IsLateExit(exit) => last,
            StayEnding.MissedExit when last.ClosedBy is { } closing
                && (IsParkedElsewhere(closing, exit) || closing.Entry!.Code == last.Entry!.Code) => last,
            _ => null,
        };
    }

    /// <summary>Such a stay says nothing of the vehicle: somebody left with a copy of its code.</summary>
    private bool IsOnlyALateExit(Folded folded) => folded is { Entry: null, Exit: { } exit } && passages.IsLateExit(exit);

    /// <summary>
    /// The stay that began last at the facility, if an exit that named another vehicle ended it. An exit that is seen now may be the true
    /// one.
    /// </summary>
    private Folded? FindEndedByAnother(ScanEvent exit) =>
        _stays.FindLast(stay => stay.Stay.Facility == exit.Facility && stay.Entry is not null) is { EndedByAnother: true } last
            ? last
            : null;

    private Folded? FindParked(VehicleSlot vehicle) => _open.Find(stay => stay.Stay.Vehicle == vehicle);

    /// <param name="exit">An exit of which no entry was seen.</param>
    /// <param name="elsewhere">The stay that its vehicle had open at another facility then; null if there was none.</param>
    private Folded MissEntry(ScanEvent exit, Folded? elsewhere)
    {
        var missed = new Folded(new() { Id = exit.Id, Facility = exit.Facility, Vehicle = exit.Vehicle }) { Exit = exit };
        End(missed, exit.Id, exit.OccurredAt, StayEnding.MissedEntry);
        if (elsewhere is not null)
        {
            // The vehicle leaves here while it is parked there.
            missed.WasAtTwoPlaces = elsewhere.WasAtTwoPlaces = true;
        }

        return missed;
    }

    private static bool IsParkedElsewhere(Folded closing, ScanEvent exit) => closing.Stay.IsOpen && closing.Stay.Facility != exit.Facility;

    private static Folded? FindMatch(List<Folded> stays, FacilityId facility, VehicleSlot vehicle) =>
        stays.FindLast(stay => stay.Stay.Facility == facility && stay.Stay.Vehicle == vehicle)
        ?? stays.FindLast(stay => stay.Stay.Facility == facility && (vehicle == VehicleSlot.None || stay.Stay.Vehicle == VehicleSlot.None));

    private void End(Folded folded, GateEventId by, Instant at, StayEnding ending)
    {
        folded.Stay = folded.Stay with { EndedBy = by, EndedAt = at, Ending = ending };
        _open.Remove(folded);
    }

    private Stay Conclude(Folded folded)
    {
        var stay = folded.Stay;
        var doubts = DoubtsOf(folded);
        return stay with
        {
            EnteredAt = stay is { EnteredAt: { } entered, EndedAt: { } ended } ? Instant.Min(entered, ended) : stay.EnteredAt,
            LatestExit = folded.Exit?.LatestAt,
            Doubts = doubts,
            State = doubts != StayDoubts.None ? StayState.Conflicting
                : stay.Ending is StayEnding.MissedEntry or StayEnding.MissedExit or StayEnding.Inventory ? StayState.Uncollectable
                : folded.Scans.Any(scan => !passages.IsKnown(scan.Id) || passages.IsLateExit(scan)) ? StayState.Provisional
                : StayState.Settled,
        };
    }

    private StayDoubts DoubtsOf(Folded folded) =>
        (folded.Entry?.LatestAt is null ? StayDoubts.None : StayDoubts.EntryTime)
        | (folded.Exit?.LatestAt is null ? StayDoubts.None : StayDoubts.ExitTime)
        | (folded.EndedByAnother || folded.NamesAnotherVehicle ? StayDoubts.OtherVehicle : StayDoubts.None)
        | (folded is { Entry: null, Exit.IsPlateParkedByAnother: true } ? StayDoubts.OtherHolder : StayDoubts.None)
        | (folded.WasAtTwoPlaces ? StayDoubts.TwoPlaces : StayDoubts.None)
        | (folded.Scans.Any(scan => codesUsedTwice.Contains(scan.Code)) ? StayDoubts.CodeUsedTwice : StayDoubts.None);

    /// <summary>A stay while it is being folded, with the scans on which it is based.</summary>
    private sealed class Folded(Stay stay)
    {
        public Stay Stay { get; set; } = stay;

        /// <summary>Null if nobody saw the vehicle come in.</summary>
        public ScanEvent? Entry { get; init; }

        /// <summary>Null if nobody saw the vehicle leave.</summary>
        public ScanEvent? Exit { get; set; }

        public IEnumerable<ScanEvent> Scans => new[] { Entry, Exit }.OfType<ScanEvent>();

        /// <summary>The stay whose entry showed that the exit of this stay was missed.</summary>
        public Folded? ClosedBy { get; set; }

        public bool WasAtTwoPlaces { get; set; }

        /// <summary>Whether its exit named another vehicle than its entry.</summary>
        public bool EndedByAnother =>
            Entry is { Vehicle: { NamesVehicle: true } entered } && Exit is { Vehicle: { NamesVehicle: true } left } && entered != left;

        /// <summary>If an exit of another vehicle ended it: the stay that this vehicle had open then, at another facility.</summary>
        public Folded? ParkedElsewhere { get; set; }

        /// <summary>Whether its vehicle was never seen to enter, while other vehicles of the holder were parked there.</summary>
        public bool NamesAnotherVehicle { get; set; }
    }
}
