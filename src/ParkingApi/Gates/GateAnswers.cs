using NodaTime;
using Parking.Api.Logbook;
using Parking.Facilities;
using Parking.Occupancy;

namespace Parking.Api.Gates;

/// <summary>Gates, in the order of the city file.</summary>
internal sealed record GateList
{
    public required IReadOnlyList<GateAnswer> Gates { get; init; }
}

/// <summary>A gate as operators see it.</summary>
internal sealed record GateAnswer
{
    public required string Id { get; init; }

    /// <summary>The id of its facility.</summary>
    public required string Facility { get; init; }

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

    public static GateAnswer Of(GateView view) => new()
    {
        Id = view.Gate.Id.Value,
        Facility = view.Gate.Facility.Id.Value,
        Direction = view.Gate.Direction,
        State = view.Presence,
        LastHeardAt = view.LastHeardAt,
        Unsent = view.Unsent,
        Offline = view.Condition.IsOffline,
        Fault = view.Condition.HasFault,
        LastIncident = IncidentContract.Of(view.Condition.LastIncident),
    };
}
