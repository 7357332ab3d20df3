using Parking.Logbook;
using Parking.Occupancy;

namespace Parking.Api.Occupancy;

/// <summary>Maps states of facilities and gates to the hub's messages.</summary>
internal static class OccupancyMapping
{
    public static Contracts.OccupancyMessage ToMessage(this OccupancyState state) => new(
        state.Facility.Id.Value,
        state.Sequence,
        state.Occupied,
        state.Facility.Capacity,
        state.AsOf,
        state.State,
        state.Trust.Confidence.ToContract(),
        state.Trust.SilentGates,
        state.Trust.Unsent,
        state.Trust.Unexplained,
        state.Trust.Correction,
        state.Shown);

    public static Contracts.GateMessage ToMessage(this GateState state) => new(
        state.View.Gate.Id.Value,
        state.View.Gate.Facility.Id.Value,
        state.View.Gate.Direction,
        state.Sequence,
        state.View.Presence.ToContract(),
        state.View.LastHeardAt,
        state.View.Unsent,
        state.View.Condition.IsOffline,
        state.View.Condition.HasFault,
        state.View.Condition.LastIncident.ToIncident(),
        state.View.Barrier);

    /// <summary>Null if there is no entry or it is not about an incident.</summary>
    public static Contracts.IncidentSummary? ToIncident(this LogEntry? entry) =>
        entry?.IncidentOf is { } incident ? new(incident, entry.OccurredAt, entry.Text) : null;

    public static Contracts.OccupancyConfidence ToContract(this OccupancyConfidence confidence) =>
        (Contracts.OccupancyConfidence)(int)confidence;

    public static Contracts.GatePresence ToContract(this GatePresence presence) => (Contracts.GatePresence)(int)presence;
}
