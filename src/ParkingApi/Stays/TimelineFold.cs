using Parking.Api.Facilities;
using Parking.Codes;

namespace Parking.Api.Stays;

/// <summary>
/// From events to stays. Pure and total: for a given set of events the stays are the same, whatever order they arrived in.
/// </summary>
/// <remarks>
/// <para>Events are taken in order of <see cref="GateEvent.OccurredAt"/>. At equal times an exit goes first if it closes a stay
/// that is open by then, otherwise an entry, otherwise an exit (which is then a missed entry); then by <see cref="GateEventId"/>.</para>
/// <para>An entry opens a stay. If the same vehicle is still parked anywhere, that stay is closed as a missed exit.</para>
/// <para>An exit closes a stay of its facility: its own vehicle's; else, if the code named no vehicle, the one entered last;
/// else the one whose entry named no vehicle. If there is none, it is a missed entry.</para>
/// </remarks>
internal static class TimelineFold
{
    public static IReadOnlyList<Stay> Fold(IReadOnlyCollection<GateEvent> events)
    {
        var folding = new Folding();
        var passages = events.OfType<ScanEvent>().Where(scan => scan.Decision.Opens);
        foreach (var simultaneous in passages.GroupBy(scan => scan.OccurredAt).OrderBy(group => group.Key))
        {
            var waiting = simultaneous.OrderBy(scan => scan.Id).ToList();
            while (waiting.Count > 0)
            {
                var next = waiting.Find(folding.ClosesAStay)
                    ?? waiting.Find(scan => scan.Direction == GateDirection.Entry)
                    ?? waiting[0];
                waiting.Remove(next);
                folding.Take(next);
            }
        }

        return folding.Stays;
    }

    /// <summary>The open stay that an exit of <paramref name="vehicle"/> at <paramref name="facility"/> closes; null if there is none.</summary>
    /// <param name="open">Open stays in the order they were entered.</param>
    public static Stay? FindClosedBy(IEnumerable<Stay> open, FacilityId facility, VehicleSlot vehicle)
    {
        var here = open.Where(stay => stay.Facility == facility).ToList();
        return here.FindLast(stay => stay.Vehicle == vehicle)
            ?? (vehicle == VehicleSlot.None ? here.LastOrDefault() : here.FindLast(stay => stay.Vehicle == VehicleSlot.None));
    }

    private sealed class Folding
    {
        private readonly List<Stay> _stays = [];

        /// <summary>Where in <see cref="_stays"/> the open ones are, in the order they were entered: few, however long the history.</summary>
        private readonly List<int> _open = [];

        public IReadOnlyList<Stay> Stays => _stays;

        public bool ClosesAStay(ScanEvent scan) =>
            scan.Direction == GateDirection.Exit && FindClosedBy(Open(), scan.Facility, scan.Vehicle) is not null;

        public void Take(ScanEvent scan)
        {
            if (scan.Direction == GateDirection.Entry)
            {
                if (Open().FirstOrDefault(stay => stay.Vehicle == scan.Vehicle) is { } left)
                {
                    End(left, scan, StayEnding.MissedExit);
                }

                _open.Add(_stays.Count);
                _stays.Add(new Stay { Id = scan.Id, Facility = scan.Facility, Vehicle = scan.Vehicle, EnteredAt = scan.OccurredAt, Terms = scan.Terms });
            }
            else if (FindClosedBy(Open(), scan.Facility, scan.Vehicle) is { } closed)
            {
                End(closed, scan, StayEnding.Exited);
            }
            else
            {
                _stays.Add(Ended(new Stay { Id = scan.Id, Facility = scan.Facility, Vehicle = scan.Vehicle }, scan, StayEnding.MissedEntry));
            }
        }

        private IEnumerable<Stay> Open() => _open.Select(at => _stays[at]);

        private void End(Stay stay, ScanEvent by, StayEnding ending)
        {
            var at = _open.Find(at => _stays[at].Id == stay.Id);
            _stays[at] = Ended(stay, by, ending);
            _open.Remove(at);
        }

        private static Stay Ended(Stay stay, ScanEvent by, StayEnding ending) =>
            stay with { EndedBy = by.Id, EndedAt = by.OccurredAt, Ending = ending };
    }
}
