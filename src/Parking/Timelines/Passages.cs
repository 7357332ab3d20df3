using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Timelines;

/// <summary>What happened at the barrier after each scan: by its acts if any is known, otherwise by its decision.</summary>
/// <remarks>
/// Acts take precedence in this order, in whatever order they came: first backed out (the vehicle went back: nothing happened); then
/// passed, opened by hand, or opened (the vehicle went through); then stayed shut (it did not).
/// </remarks>
public sealed class Passages
{
    private readonly Dictionary<GateEventId, Acts> _acts = [];

    public Passages(IEnumerable<GateEvent> events)
    {
        foreach (var act in events.OfType<ActEvent>())
        {
            _acts[act.Scan] = _acts.GetValueOrDefault(act.Scan) | Flag(act.Act);
        }
    }

    [Flags]
    private enum Acts
    {
        None = 0,
        StayedShut = 1,
        Opened = 2,
        BackedOut = 4,
        ByHand = 8,
    }

    /// <summary>Whether a vehicle went through for this scan, as far as is known.</summary>
    public bool Passed(ScanEvent scan) => _acts.GetValueOrDefault(scan.Id) switch
    {
        Acts.None => scan.Decision.Opens,
        var acts => (acts & Acts.BackedOut) == 0 && (acts & Acts.Opened) != 0,
    };

    /// <summary>Whether the barrier opened for this scan, whatever the vehicle did then. If so, the scan's code is used.</summary>
    public bool Opened(ScanEvent scan) => _acts.GetValueOrDefault(scan.Id) switch
    {
        Acts.None => scan.Decision.Opens,
        var acts => (acts & (Acts.Opened | Acts.BackedOut)) != 0,
    };

    /// <summary>
    /// Whether an exit that was cut off let somebody out on a genuine code outside its time window, or an operator let somebody out who
    /// named the stay. If the service had decided the scan and
    /// its answer was lost, it had refused it, and the gate opened all the same. Such an exit is no use of the code, which often is the one
    /// of the entry, and it is not sure whose vehicle left. A code that expired only on the way to the service makes no late exit.
    /// </summary>
    public bool IsLateExit(ScanEvent scan) => scan.Direction == GateDirection.Exit && scan.Decision.Reason switch
    {
        ScanReason.OpenedOfflineLate or ScanReason.LetOut => true,
        ScanReason.Expired or ScanReason.NotYetValid =>
            !scan.WasCodeAlive && (_acts.GetValueOrDefault(scan.Id) & (Acts.Opened | Acts.ByHand)) == Acts.Opened,
        _ => false,
    };

    /// <summary>Whether any act of the scan is known.</summary>
    public bool IsKnown(GateEventId scan) => _acts.ContainsKey(scan);

    /// <summary>
    /// Whether an act adds nothing to what is known of its scan, such as a vehicle that passed after the barrier opened, as nearly all do.
    /// An opening by hand always adds something: the reason that a person gave.
    /// </summary>
    public bool Covers(ActEvent act) =>
        act.Act != BarrierAct.OpenedByHand && (_acts.GetValueOrDefault(act.Scan) & Flag(act.Act)) != 0;

    private static Acts Flag(BarrierAct act) => act switch
    {
        BarrierAct.StayedShut => Acts.StayedShut,
        BarrierAct.BackedOut => Acts.BackedOut,
        BarrierAct.OpenedByHand => Acts.Opened | Acts.ByHand,
        _ => Acts.Opened,
    };
}
