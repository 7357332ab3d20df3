using System.Runtime.InteropServices;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Traces;

/// <summary>How much a trace holds.</summary>
public sealed class TraceCounts
{
    private readonly Dictionary<string, long> _kinds = [];

    public long Events { get; private set; }

    public long Scans { get; private set; }

    /// <summary>When the last scan was.</summary>
    public Instant LastScan { get; private set; }

    /// <summary>By expected reason for scans, by type for all else.</summary>
    public IEnumerable<KeyValuePair<string, long>> Kinds => _kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal);

    /// <summary>Of generated traces: the most stays that are open at a time, by facility.</summary>
    public IReadOnlyList<int> MostTaken { get; set; } = [];

    public void Add(TraceEvent next)
    {
        Events++;
        if (next is TraceScan)
        {
            Scans++;
            LastScan = next.At;
        }
        var kind = next switch
        {
            TraceScan { Then: VehicleMove.BackedOut } => "backed_out",
            TraceScan { Expect: { } expect } => WireNames<ScanReason>.Of(expect).Value,
            TraceScan => "scan",
            TraceIncident incident => WireNames<GateIncident>.Of(incident.Incident).Value,
            TraceOpenedByHand => "opened_by_hand",
            _ => "inventory",
        };
        CollectionsMarshal.GetValueRefOrAddDefault(_kinds, kind, out _)++;
    }
}
