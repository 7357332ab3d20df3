using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>Creates the gate's events. Each gets the current device time and clock offset.</summary>
internal sealed class EventMaker(GateClock clock)
{
    public ReportedScan Scan(long seq, string code, ScanReason? local)
    {
        var (at, offset) = clock.Stamp();
        return new() { Seq = seq, DeviceTime = at, ClockOffset = offset, Code = code, Local = local };
    }

    public ReportedAct Act(long seq, BarrierAct act, long? scan, string? reason = null)
    {
        var (at, offset) = clock.Stamp();
        return new() { Seq = seq, DeviceTime = at, ClockOffset = offset, Act = act, Scan = scan, Reason = reason };
    }

    public ReportedIncident Incident(long seq, GateIncident incident, long? scan, string? detail)
    {
        var (at, offset) = clock.Stamp();
        return new() { Seq = seq, DeviceTime = at, ClockOffset = offset, Incident = incident, Scan = scan, Detail = detail };
    }

    public ReportedInventory Inventory(long seq, IReadOnlyList<string>? closes, int? count)
    {
        var (at, offset) = clock.Stamp();
        return new() { Seq = seq, DeviceTime = at, ClockOffset = offset, Closes = closes, Count = count };
    }

    public ReportedLink Link(long seq, LinkChange change)
    {
        var (at, offset) = clock.Stamp();
        return new() { Seq = seq, DeviceTime = at, ClockOffset = offset, Link = change };
    }
}
