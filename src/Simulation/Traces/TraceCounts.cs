using System.Runtime.InteropServices;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Traces;

/// <summary>The counts of a trace's events.</summary>
public sealed class TraceCounts
{
    private readonly Dictionary<string, long> _kinds = [];

    public long Events { get; private set; }

    public long Scans { get; private set; }

    /// <summary>The time of the last scan.</summary>
    public Instant LastScan { get; private set; }

    /// <summary>Counts of scans by expected reason, and of other events by type.</summary>
    public IEnumerable<KeyValuePair<string, long>> Kinds => _kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal);

    /// <summary>For generated traces: the largest number of stays open at a time, by facility.</summary>
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
