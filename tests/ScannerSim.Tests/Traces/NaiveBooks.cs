using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Cities;
using Parking.Simulation.Traces;
using VehicleMove = Parking.Simulation.Traces.VehicleMove;

namespace Parking.ScannerSim.Tests.Traces;

/// <summary>A simple implementation of the decision rules in docs/architecture.md. It knows only the trace file.</summary>
internal sealed class NaiveBooks
{
    private readonly Dictionary<string, (FacilityPlan Facility, GateDirection Direction)> _gates = [];
    private readonly Dictionary<string, (string Facility, Instant EnteredAt)> _parked = [];
    private readonly HashSet<string> _usedLabels = [];

    public NaiveBooks(CityPlan city)
    {
        foreach (var facility in city.Facilities)
        {
            foreach (var gate in facility.Gates)
            {
                _gates.Add(gate.Id, (facility, gate.Direction));
            }
        }
    }

    public int Parked(string facility) => _parked.Values.Count(stay => stay.Facility == facility);

    public bool IsEntry(TraceEvent next) => _gates[next.Gate].Direction == GateDirection.Entry;

    public string FacilityOf(TraceEvent next) => _gates[next.Gate].Facility.Id;

    public ScanReason Decide(TraceScan scan)
    {
        var reason = Reason(scan);
        if (reason is ScanReason.Entered or ScanReason.EnteredAfterMissedExit or ScanReason.Exited or ScanReason.MissedEntry)
        {
            _ = scan.Code is null || _usedLabels.Add(scan.Code);
            if (scan.Then == VehicleMove.Passed)
            {
                _ = IsEntry(scan) || reason == ScanReason.MissedEntry || _parked.Remove(scan.Driver);
                if (IsEntry(scan))
                {
                    _parked[scan.Driver] = (FacilityOf(scan), scan.At);
                }
            }
        }
        return reason;
    }

    public void Close(TraceInventory inventory)
    {
        foreach (var driver in inventory.Closes)
        {
            Assert.Equal(FacilityOf(inventory), _parked[driver].Facility);
            _parked.Remove(driver);
        }
    }

    private ScanReason Reason(TraceScan scan)
    {
        var facility = _gates[scan.Gate].Facility;
        var isParked = _parked.TryGetValue(scan.Driver, out var stay);
        return scan.Show switch
        {
            ShownCode.Expired => ScanReason.Expired,
            ShownCode.Forged => ScanReason.UnknownKey,
            ShownCode.Damaged => ScanReason.BadSignature,
            ShownCode.Foreign => ScanReason.NotACode,
            ShownCode.Revoked => ScanReason.DeviceRevoked,
            _ when scan.Code is not null && _usedLabels.Contains(scan.Code) => ScanReason.CodeUsed,
            _ when !IsEntry(scan) => isParked && stay.Facility == facility.Id ? ScanReason.Exited : ScanReason.MissedEntry,
            _ when isParked && scan.At - stay.EnteredAt < Duration.FromMinutes(10) => ScanReason.AlreadyParked,
            _ when facility.EnforcesCapacity && Parked(facility.Id) >= facility.Capacity
                && !(isParked && stay.Facility == facility.Id) => ScanReason.Full,
            _ => isParked ? ScanReason.EnteredAfterMissedExit : ScanReason.Entered,
        };
    }
}
