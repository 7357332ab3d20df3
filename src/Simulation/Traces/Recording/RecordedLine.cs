using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces.Recording;

/// <summary>A line of a service's recording below its first one, with whatever its type has.</summary>
public sealed record RecordedLine
{
    public const string ScanType = "scan", ActType = "act", IncidentType = "incident", InventoryType = "inventory", EndType = "end";

    public required string Type { get; init; }

    public required Instant At { get; init; }

    public string? Gate { get; init; }

    public string? Journal { get; init; }

    public long Seq { get; init; }

    /// <summary>Of a scan: whose code it was; null: nobody's.</summary>
    public string? Driver { get; init; }

    public string? Vehicle { get; init; }

    public VehicleClass? Class { get; init; }

    public string? Code { get; init; }

    /// <summary>Of a scan: the stay that began with it, if one did.</summary>
    public string? Stay { get; init; }

    /// <summary>Of a scan: what was decided.</summary>
    public ScanReason? Reason { get; init; }

    public BarrierAct? Act { get; init; }

    /// <summary>Of an act: the number of its scan.</summary>
    public long? Scan { get; init; }

    public GateIncident? Incident { get; init; }

    /// <summary>Of an inventory: the stays that it closed.</summary>
    public IReadOnlyList<ClosedStay> Closes { get; init; } = [];

    public int? Count { get; init; }

    /// <summary>Of the last line, if the service ended the recording: why.</summary>
    public string? Why { get; init; }

    /// <summary>Which event it is; a repeated one is the same.</summary>
    public (string? Gate, string? Journal, long Seq) Identity => (Gate, Journal, Seq);

    /// <summary>Of an act, which scan it follows; null: none.</summary>
    public (string? Gate, string? Journal, long Seq)? ScanIdentity => Scan is { } seq ? (Gate, Journal, seq) : null;
}

/// <summary>A stay that an inventory closed.</summary>
/// <param name="Driver">Whose it was.</param>
/// <param name="Stay">As the scan that began it says.</param>
public sealed record ClosedStay(string Driver, string Stay);
