using Parking.Codes;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Timelines;

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
