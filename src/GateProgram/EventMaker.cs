using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>Creates the gate's events. Each gets what the gate's clocks say now.</summary>
internal sealed class EventMaker(GateClock clock)
{
    public ReportedScan Scan(long seq, string code, ScanReason? local)
    {
        var (at, offset, steady) = clock.Stamp();
        return new()
        {
            Seq = seq,
            DeviceTime = at,
            ClockOffset = offset,
            Boot = steady.Boot,
            Steady = steady.Milliseconds,
            Code = code,
            Local = local,
        };
    }

    public ReportedAct Act(long seq, BarrierAct act, long? scan, string? reason = null)
    {
        var (at, offset, steady) = clock.Stamp();
        return new()
        {
            Seq = seq,
            DeviceTime = at,
            ClockOffset = offset,
            Boot = steady.Boot,
            Steady = steady.Milliseconds,
            Act = act,
            Scan = scan,
            Reason = reason,
        };
    }

    public ReportedIncident Incident(long seq, GateIncident incident, long? scan, string? detail)
    {
        var (at, offset, steady) = clock.Stamp();
        return new()
        {
            Seq = seq,
            DeviceTime = at,
            ClockOffset = offset,
            Boot = steady.Boot,
            Steady = steady.Milliseconds,
            Incident = incident,
            Scan = scan,
            Detail = detail,
        };
    }

    public ReportedInventory Inventory(long seq, IReadOnlyList<string>? closes, int? count)
    {
        var (at, offset, steady) = clock.Stamp();
        return new()
        {
            Seq = seq,
            DeviceTime = at,
            ClockOffset = offset,
            Boot = steady.Boot,
            Steady = steady.Milliseconds,
            Closes = closes,
            Count = count,
        };
    }

    public ReportedLink Link(long seq, LinkChange change)
    {
        var (at, offset, steady) = clock.Stamp();
        return new()
        {
            Seq = seq,
            DeviceTime = at,
            ClockOffset = offset,
            Boot = steady.Boot,
            Steady = steady.Milliseconds,
            Link = change,
        };
    }
}
