using NodaTime;
using Parking.Api.Logbook;
using Parking.Contracts;

namespace Parking.Api.Gates;

/// <summary>Gates, in the order of the city file.</summary>
internal sealed record GateList
{
    /// <summary>All of the city, or of the facility.</summary>
    public required IReadOnlyList<GateAnswer> Gates { get; init; }
}

/// <summary>A gate as operators see it.</summary>
internal sealed record GateAnswer
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

    /// <summary>The newest incident at it; left out if there was none.</summary>
    public IncidentContract? LastIncident { get; init; }
}
