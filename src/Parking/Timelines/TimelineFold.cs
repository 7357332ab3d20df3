using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Timelines;

/// <summary>
/// Derives stays from events. Pure and total: for a given set of events the stays are the same, in whatever order the events arrived.
/// docs/stays.md describes every outcome.
/// </summary>
/// <remarks>
/// <para>Only scans after which a vehicle went through count (<see cref="Passages"/>), and inventories. They are taken in order of
/// <see cref="GateEvent.OccurredAt"/>. At equal times, an exit goes first if it closes a stay that is open by then; otherwise an entry;
/// otherwise an exit (which is then a missed entry). Inventories go last. Events that are still equal are ordered by
/// <see cref="GateEventId"/>.</para>
/// <para>An entry opens a stay. If the same vehicle is still parked anywhere, that stay is closed as a missed exit.</para>
/// <para>An exit closes a stay at its facility: the stay of its own vehicle; else, if the code named no vehicle, the stay that was entered
/// last; else the stay whose entry named no vehicle. If none is open, the exit may prove that a stay was closed wrongly
/// (<see cref="FoldState"/>). Otherwise it is a missed entry.</para>
/// <para>A late exit (<see cref="Passages.IsLateExit"/>) closes a stay like any other, provisionally: a later exit of the vehicle at the
/// facility moves the end of the stay to itself, and the late exit is a missed entry. It is no use of its code.</para>
/// <para>An inventory closes the stays that it names and that are open by then.</para>
/// <para>Stays are conflicting if two passages on one code touch them, and if one vehicle has stays at two facilities at once.</para>
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
        [
            .. events.OfType<ScanEvent>().Where(scan => passages.Passed(scan) && !passages.IsLateExit(scan))
                .GroupBy(scan => scan.Code)
                .Where(scans => scans.Skip(1).Any())
                .Select(scans => scans.Key),
        ];
}

/// <summary>The stays of one holder up to some moment, while <see cref="TimelineFold"/> goes through time.</summary>
/// <remarks>
/// An exit that finds no open stay at its facility proves in two cases that the last stay of its vehicle there was closed wrongly. It then
/// ends that stay. In the first case, an inventory or a late exit closed it. In the second case, an entry closed it as a missed exit, but
/// the exit cannot have been missed, because that entry was elsewhere and the vehicle is still parked there, or because that entry was on
/// the very code of the stay's own entry. In the second case both stays are conflicting.
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
        else
        {
            var missed = Miss(scan);
            if (_open.Find(elsewhere => elsewhere.Stay.Vehicle == scan.Vehicle) is { } elsewhere)
            {
                // The vehicle leaves here while it is parked there.
                missed.IsConflicting = elsewhere.IsConflicting = true;
            }
        }
    }

    public void Take(InventoryEvent inventory)
    {
        var closed = _open.Where(parked =>
            parked.Stay.Facility == inventory.Facility && inventory.Closes.Contains(parked.Stay.Id.Digest()));
        foreach (var parked in closed.ToList())
        {
            End(parked, inventory, StayEnding.Inventory);
        }
    }

    /// <summary>The stays with their states, in the order in which they began.</summary>
    public IReadOnlyList<Stay> Conclude() => [.. _stays.Select(folded => folded.Stay with { State = StateOf(folded) })];

    private void Enter(ScanEvent scan)
    {
        var left = _open.Find(parked => parked.Stay.Vehicle == scan.Vehicle);
        var entered = Add(scan, new()
        {
            Id = scan.Id,
            Facility = scan.Facility,
            Vehicle = scan.Vehicle,
            EnteredAt = scan.OccurredAt,
            Terms = scan.Terms,
        });
        _open.Add(entered);
        if (left is not null)
        {
            End(left, scan, StayEnding.MissedExit);
            left.ClosedBy = entered;
        }
    }

    private Folded Miss(ScanEvent exit)
    {
        var missed = Add(exit, new() { Id = exit.Id, Facility = exit.Facility, Vehicle = exit.Vehicle });
        End(missed, exit, StayEnding.MissedEntry);
        return missed;
    }

    private void Exit(Folded parked, ScanEvent exit)
    {
        if (parked.ClosedBy is { } other)
        {
            parked.IsConflicting = other.IsConflicting = true;
            parked.ClosedBy = null;
        }

        if (parked.Stay.Ending == StayEnding.Exited)
        {
            // The late exit was somebody else's: nobody saw that vehicle come in.
            Miss(parked.Scans[^1]);
            parked.Scans.RemoveAt(parked.Scans.Count - 1);
            if (_open.Find(elsewhere => elsewhere.Stay.Vehicle == parked.Stay.Vehicle) is { } elsewhere)
            {
                parked.IsConflicting = elsewhere.IsConflicting = true;
            }
        }

        parked.Scans.Add(exit);
        End(parked, exit, StayEnding.Exited);
    }

    private Folded? FindWronglyClosed(ScanEvent exit)
    {
        var last = FindMatch([.. _stays.Where(stay => !IsOnlyALateExit(stay))], exit.Facility, exit.Vehicle);
        return last?.Stay.Ending switch
        {
            StayEnding.Inventory => last,
            StayEnding.Exited when passages.IsLateExit(last.Scans[^1]) && !passages.IsLateExit(exit) => last,
            StayEnding.MissedExit when last.ClosedBy is { } closing
                && (IsParkedElsewhere(closing, exit) || closing.Scans[0].Code == last.Scans[0].Code) => last,
            _ => null,
        };
    }

    /// <summary>Such a stay says nothing of the vehicle: somebody left with a copy of its code.</summary>
    private bool IsOnlyALateExit(Folded folded) => folded.Stay.EnteredAt is null && passages.IsLateExit(folded.Scans[0]);

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
        : folded.Scans.Any(scan => !passages.IsKnown(scan.Id) || passages.IsLateExit(scan)) ? StayState.Provisional
        : StayState.Settled;

    /// <summary>A stay while it is being folded, with the scans on which it is based.</summary>
    private sealed class Folded(Stay stay)
    {
        public Stay Stay { get; set; } = stay;

        /// <summary>Its entry, if that was seen, and its exit.</summary>
        public List<ScanEvent> Scans { get; } = [];

        /// <summary>The stay whose entry showed that the exit of this stay was missed.</summary>
        public Folded? ClosedBy { get; set; }

        public bool IsConflicting { get; set; }
    }
}
