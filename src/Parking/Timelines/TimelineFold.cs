using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Timelines;

/// <summary>
/// Derives stays from events. Pure and total: for a given set of events the stays are the same, in whatever order the events arrived.
/// docs/stays.md describes every outcome.
/// </summary>
/// <remarks>
/// <para>Only scans after which a vehicle went through count (<see cref="Passages"/>), and inventories. They are taken in order of
/// <see cref="GateEvent.OccurredAt"/>; an inventory not before the entries that it names. At equal times, an exit goes first if it closes a
/// stay that is open by then; otherwise an entry; otherwise an exit (which is then a missed entry). Inventories go last. Events that are
/// still equal are ordered by <see cref="GateEventId"/>.</para>
/// <para>An entry opens a stay. If the same vehicle is still parked anywhere, that stay is closed as a missed exit.</para>
/// <para>An exit closes a stay at its facility: the stay of its own vehicle; else, if the code named no vehicle, the stay that was entered
/// last; else the stay whose entry named no vehicle. If none is open, the exit may prove that a stay was closed wrongly, or end the only
/// stay of the holder there although it names another vehicle (<see cref="FoldState"/>). Otherwise it is a missed entry.</para>
/// <para>A late exit (<see cref="Passages.IsLateExit"/>) closes a stay like any other, provisionally: a later exit of the vehicle at the
/// facility moves the end of the stay to itself, and the late exit is a missed entry. It is no use of its code.</para>
/// <para>An inventory closes the stays that it names and that are open by then.</para>
/// <para>Stays are conflicting if two passages on one code touch them, if one vehicle has stays at two facilities at once, if the time of
/// a passage is not proven, and if an exit named another vehicle of the holder.</para>
/// </remarks>
public static class TimelineFold
{
    public static IReadOnlyList<Stay> Fold(IReadOnlyCollection<GateEvent> events)
    {
        var passages = new Passages(events);
        var state = new FoldState(passages, CodesUsedTwice(events, passages));
        var counting = events.Where(e => e is InventoryEvent || (e is ScanEvent scan && passages.Passed(scan)));
        foreach (var simultaneous in counting.GroupBy(e => TimeOf(e, events)).OrderBy(group => group.Key))
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
                state.Take(inventory, simultaneous.Key);
            }
        }

        return state.Conclude();
    }

    /// <summary>
    /// When an event counts. Nobody can name a stay before it began, so an inventory counts after the entries that it names, whatever its
    /// gate's clock said.
    /// </summary>
    private static Instant TimeOf(GateEvent counting, IEnumerable<GateEvent> events) => counting is InventoryEvent inventory
        ? events.OfType<ScanEvent>().Where(scan => scan.OccurredAt > inventory.OccurredAt && inventory.Closes.Contains(scan.Id.Digest()))
            .Select(scan => scan.OccurredAt).Append(inventory.OccurredAt).Max()
        : counting.OccurredAt;

    private static HashSet<CodeId> CodesUsedTwice(IEnumerable<GateEvent> events, Passages passages) =>
        [
            .. events.OfType<ScanEvent>().Where(scan => passages.Passed(scan) && !passages.IsLateExit(scan))
                .GroupBy(scan => scan.Code)
                .Where(scans => scans.Skip(1).Any())
                .Select(scans => scans.Key),
        ];
}
