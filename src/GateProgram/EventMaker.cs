using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>Creates the gate's events. Each gets what the gate's clocks say now.</summary>
internal sealed class EventMaker(GateClock clock)
{
    public ReportedScan Scan(long seq, string code, ScanReason? local) =>
        Stamp(new ReportedScan { Seq = seq, DeviceTime = default, Code = code, Local = local });

    public ReportedAct Act(long seq, BarrierAct act, long? scan, string? reason = null) =>
        Stamp(new ReportedAct { Seq = seq, DeviceTime = default, Act = act, Scan = scan, Reason = reason });

    /// <summary>A person opened the barrier from afar, or a vehicle passed while it was held open.</summary>
    public ReportedAct OpenedByCommand(long seq, long? scan, string reason, string command, string? stay) =>
        Stamp(new ReportedAct
        {
            Seq = seq,
            DeviceTime = default,
            Act = BarrierAct.OpenedByHand,
            Scan = scan,
            Reason = reason,
            Command = command,
            Stay = stay,
        });

    public ReportedCommand Command(long seq, string command, CommandStep step, long? claim, CommandObstacle? obstacle) =>
        Stamp(new ReportedCommand
        {
            Seq = seq,
            DeviceTime = default,
            Command = command,
            Step = step,
            Claim = claim,
            Obstacle = obstacle,
        });

    public ReportedIncident Incident(long seq, GateIncident incident, long? scan, string? detail) =>
        Stamp(new ReportedIncident { Seq = seq, DeviceTime = default, Incident = incident, Scan = scan, Detail = detail });

    public ReportedInventory Inventory(long seq, IReadOnlyList<string>? closes, int? count) =>
        Stamp(new ReportedInventory { Seq = seq, DeviceTime = default, Closes = closes, Count = count });

    public ReportedLink Link(long seq, LinkChange change) =>
        Stamp(new ReportedLink { Seq = seq, DeviceTime = default, Link = change });

    private T Stamp<T>(T made)
        where T : ReportedEvent
    {
        var (at, offset, steady) = clock.Stamp();
        return (T)((ReportedEvent)made with { DeviceTime = at, ClockOffset = offset, Boot = steady.Boot, Steady = steady.Milliseconds });
    }
}
