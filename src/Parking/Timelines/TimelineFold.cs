using Parking.Codes;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Timelines;

/// <summary>
/// From events to stays. Pure and total: for a given set of events the stays are the same, whatever order they arrived in. docs/stays.md tells every outcome.
/// </summary>
/// <remarks>
/// <para>Only scans after which a vehicle went through count (<see cref="Passages"/>), and inventories, in order of <see cref="GateEvent.OccurredAt"/>. At equal
/// times an exit goes first if it closes a stay that is open by then, otherwise an entry, otherwise an exit (which is then a missed entry), and inventories last;
/// then by <see cref="GateEventId"/>.</para>
/// <para>An entry opens a stay. If the same vehicle is still parked anywhere, that stay is closed as a missed exit.</para>
/// <para>An exit closes a stay of its facility: its own vehicle's; else, if the code named no vehicle, the one entered last;
/// else the one whose entry named no vehicle. If none is open, it may prove that one was closed wrongly (<see cref="FoldState"/>). Otherwise it is a missed entry.</para>
/// <para>An inventory closes the stays it names that are open by then.</para>
/// <para>Stays touched by two passages on one code are conflicting, and so are stays of one vehicle at two facilities at once.</para>
/// </remarks>
public static class TimelineFold
{
    public static IReadOnlyList<Stay> Fold(IReadOnlyCollection<GateEvent> events)
    {
        var passages = new Passages(events);
        var state = new FoldState(passages, CodesUsedTwice(events, passages));
        var counting = events.Where(e => e is InventoryEvent || (e is ScanEvent scan && passages.Passed(scan)));
        foreach (var simultaneous in counting.GroupBy(e => e.OccurredAt).OrderBy(group => group.Key))
        {
            var waiting = simultaneous.OfType<ScanEvent>().OrderBy(scan => scan.Id).ToList();
            while (waiting.Count > 0)
            {
                var next = waiting.Find(state.ClosesAnOpenStay)
                    ?? waiting.Find(scan => scan.Direction == GateDirection.Entry)
                    ?? waiting[0];
                waiting.Remove(next);
                state.Take(next);
            }

            foreach (var inventory in simultaneous.OfType<InventoryEvent>().OrderBy(inventory => inventory.Id))
            {
                state.Take(inventory);
            }
        }

        return state.Conclude();
    }

    private static HashSet<CodeId> CodesUsedTwice(IEnumerable<GateEvent> events, Passages passages) =>
        [.. events.OfType<ScanEvent>().Where(passages.Passed).GroupBy(scan => scan.Code).Where(scans => scans.Skip(1).Any()).Select(scans => scans.Key)];
}

/// <summary>The stays of one holder up to some moment, while <see cref="TimelineFold"/> walks through time.</summary>
/// <remarks>
/// An exit that finds no open stay at its facility proves the last stay of its vehicle there to have been closed wrongly, and ends it after all, in two cases:
/// an inventory closed it; or an entry closed it as a missed exit that cannot have been one, since that entry was elsewhere and the vehicle is still parked there, or since
/// it was on the very code of the stay's own entry. In the second case both stays are conflicting.
/// </remarks>
internal sealed class FoldState(Passages passages, HashSet<CodeId> codesUsedTwice)
{
    private readonly List<Folded> _stays = [];

    /// <summary>The open ones in the order they were entered: few, however long the history.</summary>
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
        else
        {
            var missed = Add(scan, new() { Id = scan.Id, Facility = scan.Facility, Vehicle = scan.Vehicle });
            End(missed, scan, StayEnding.MissedEntry);
            if (_open.Find(elsewhere => elsewhere.Stay.Vehicle == scan.Vehicle) is { } elsewhere)
            {
                // Leaving here while parked there.
                missed.IsConflicting = elsewhere.IsConflicting = true;
            }
        }
    }

    public void Take(InventoryEvent inventory)
    {
        foreach (var parked in _open.Where(parked => parked.Stay.Facility == inventory.Facility && inventory.Closes.Contains(parked.Stay.Id.Digest())).ToList())
        {
            End(parked, inventory, StayEnding.Inventory);
        }
    }

    /// <summary>The stays, in order of their beginning, with their states.</summary>
    public IReadOnlyList<Stay> Conclude() => [.. _stays.Select(folded => folded.Stay with { State = StateOf(folded) })];

    private void Enter(ScanEvent scan)
    {
        var left = _open.Find(parked => parked.Stay.Vehicle == scan.Vehicle);
        var entered = Add(scan, new() { Id = scan.Id, Facility = scan.Facility, Vehicle = scan.Vehicle, EnteredAt = scan.OccurredAt, Terms = scan.Terms });
        _open.Add(entered);
        if (left is not null)
        {
            End(left, scan, StayEnding.MissedExit);
            left.ClosedBy = entered;
        }
    }

    private void Exit(Folded parked, ScanEvent exit)
    {
        if (parked.ClosedBy is { } other)
        {
            parked.IsConflicting = other.IsConflicting = true;
            parked.ClosedBy = null;
        }

        parked.Scans.Add(exit);
        End(parked, exit, StayEnding.Exited);
    }

    private Folded? FindWronglyClosed(ScanEvent exit)
    {
        var last = FindMatch(_stays, exit.Facility, exit.Vehicle);
        return last?.Stay.Ending switch
        {
            StayEnding.Inventory => last,
            StayEnding.MissedExit when last.ClosedBy is { } closing && (IsParkedElsewhere(closing, exit) || closing.Scans[0].Code == last.Scans[0].Code) => last,
            _ => null,
        };
    }

    private static bool IsParkedElsewhere(Folded closing, ScanEvent exit) => closing.Stay.IsOpen && closing.Stay.Facility != exit.Facility;

    private static Folded? FindMatch(List<Folded> stays, FacilityId facility, VehicleSlot vehicle) =>
        stays.FindLast(stay => stay.Stay.Facility == facility && stay.Stay.Vehicle == vehicle)
        ?? stays.FindLast(stay => stay.Stay.Facility == facility && (vehicle == VehicleSlot.None || stay.Stay.Vehicle == VehicleSlot.None));

    private Folded Add(ScanEvent first, Stay stay)
    {
        var added = new Folded(stay) { Scans = { first } };
        _stays.Add(added);
        return added;
    }

    private void End(Folded folded, GateEvent by, StayEnding ending)
    {
        folded.Stay = folded.Stay with { EndedBy = by.Id, EndedAt = by.OccurredAt, Ending = ending };
        _open.Remove(folded);
    }

    private StayState StateOf(Folded folded) =>
        folded.IsConflicting || folded.Scans.Any(scan => codesUsedTwice.Contains(scan.Code)) ? StayState.Conflicting
        : folded.Stay.Ending is StayEnding.MissedEntry or StayEnding.MissedExit or StayEnding.Inventory ? StayState.Uncollectable
        : folded.Scans.Any(scan => !passages.IsKnown(scan.Id)) ? StayState.Provisional
        : StayState.Settled;

    /// <summary>A stay being folded, with the passages it rests on.</summary>
    private sealed class Folded(Stay stay)
    {
        public Stay Stay { get; set; } = stay;

        /// <summary>Its entry, where it was seen, and its exit.</summary>
        public List<ScanEvent> Scans { get; } = [];

        /// <summary>The stay whose entry showed its exit to be missed.</summary>
        public Folded? ClosedBy { get; set; }

        public bool IsConflicting { get; set; }
    }
}
