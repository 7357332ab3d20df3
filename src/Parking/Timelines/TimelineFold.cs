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
