using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces.Recording;

/// <summary>A line of a service's recording after the first one, with the members of all types.</summary>
public sealed record RecordedLine
{
    public const string ScanType = "scan", ActType = "act", IncidentType = "incident", InventoryType = "inventory", EndType = "end";

    public required string Type { get; init; }

    public required Instant At { get; init; }

    public string? Gate { get; init; }

    public string? Journal { get; init; }

    public long Seq { get; init; }

    /// <summary>For a scan: the code's driver; null if the code names no known holder.</summary>
    public string? Driver { get; init; }

    public string? Vehicle { get; init; }

    public VehicleClass? Class { get; init; }

    public string? Code { get; init; }

    /// <summary>For a scan: the stay that began with it; null if none did.</summary>
    public string? Stay { get; init; }

    /// <summary>For a scan: the reason for the decision.</summary>
    public ScanReason? Reason { get; init; }

    public BarrierAct? Act { get; init; }

    /// <summary>For a barrier event: the number of its scan.</summary>
    public long? Scan { get; init; }

    public GateIncident? Incident { get; init; }

    /// <summary>For an inventory: the stays that it closed.</summary>
    public IReadOnlyList<ClosedStay> Closes { get; init; } = [];

    public int? Count { get; init; }

    /// <summary>For the last line, if the service ended the recording: the reason.</summary>
    public string? Why { get; init; }

    /// <summary>The identity of the event. A repeated event has the same one.</summary>
    public (string? Gate, string? Journal, long Seq) Identity => (Gate, Journal, Seq);

    /// <summary>For a barrier event: the identity of its scan; null if it has none.</summary>
    public (string? Gate, string? Journal, long Seq)? ScanIdentity => Scan is { } seq ? (Gate, Journal, seq) : null;
}

/// <summary>A stay that an inventory closed.</summary>
/// <param name="Driver">The stay's driver.</param>
/// <param name="Stay">The stay's id, as in the scan that began it.</param>
public sealed record ClosedStay(string Driver, string Stay);
