using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>Gates, in the order of the city file.</summary>
public sealed record GateListAnswer
{
    /// <summary>All of the city, or of the facility.</summary>
    public required IReadOnlyList<GateStatus> Gates { get; init; }
}

/// <summary>A gate as operators see it.</summary>
public sealed record GateStatus
{
    /// <summary>Its id in the city file.</summary>
    public required string Id { get; init; }

    /// <summary>The id of its facility.</summary>
    public required string Facility { get; init; }

    /// <summary>Which way its lane leads.</summary>
    public required GateDirection Direction { get; init; }

    /// <summary>Whether it is heard: silent is one that gave no sign of life for 25 seconds.</summary>
    public required GatePresence State { get; init; }

    /// <summary>Its last sign of life; left out if there was none.</summary>
    public Instant? LastHeardAt { get; init; }

    /// <summary>Events that it said it has, and that have not come.</summary>
    public required long Unsent { get; init; }

    /// <summary>It said that it lost the service, and has not said that it found it again.</summary>
    public required bool Offline { get; init; }

    /// <summary>Its barrier does not do what it is told.</summary>
    public required bool Fault { get; init; }

    /// <summary>How its barrier was by its last heartbeat; left out if the gate does not say.</summary>
    public BarrierPosition? Barrier { get; init; }

    /// <summary>The newest incident at it; left out if there was none.</summary>
    public IncidentSummary? LastIncident { get; init; }
}

/// <summary>Something that went wrong at a gate, or right again.</summary>
/// <param name="Incident">What.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Detail">What the gate wrote to it, for a technician.</param>
public sealed record IncidentSummary(GateIncident Incident, Instant OccurredAt, string? Detail);

/// <summary>Whether a gate is heard.</summary>
public enum GatePresence
{
    /// <summary>It gave a sign of life within the last 25 seconds.</summary>
    Online = 1,

    /// <summary>It did once, and does no more.</summary>
    Silent = 2,

    /// <summary>It never did.</summary>
    Never = 3,
}
