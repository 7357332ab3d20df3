using Parking.Logbook;
using Parking.Occupancy;

namespace Parking.Api.Occupancy;

/// <summary>Maps states of facilities and gates to the hub's messages.</summary>
internal static class OccupancyMapping
{
    /// <param name="state">The state.</param>
    /// <param name="epoch">The epoch of the message. A sequence of another one says nothing in it.</param>
    public static Contracts.OccupancyMessage ToMessage(this OccupancyState state, string epoch) => new(
        state.Facility.Id.Value,
        state.Stamp is { } stamp && stamp.Epoch == epoch ? stamp.Sequence : null,
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

    public static Contracts.GateMessage ToMessage(this GateView view) => new(
        view.Gate.Id.Value,
        view.Gate.Facility.Id.Value,
        view.Gate.Direction,
        view.Presence.ToContract(),
        view.LastHeardAt,
        view.Unsent,
        view.Condition.IsOffline,
        view.Condition.HasFault,
        view.Condition.LastIncident.ToIncident(),
        view.Barrier);

    public static Contracts.CommandMessage ToMessage(this ShownCommand shown) => new(
        shown.Command.Id.Value,
        shown.Gate.Facility.Id.Value,
        shown.Gate.Id.Value,
        shown.Command.Command,
        (Contracts.GateCommandState)(int)shown.State,
        shown.Command.QueuedAt,
        shown.Command.ExpiresAt,
        shown.Command.End?.Obstacle);

    /// <summary>Null if there is no entry or it is not about an incident.</summary>
    public static Contracts.IncidentSummary? ToIncident(this LogEntry? entry) =>
        entry?.IncidentOf is { } incident ? new(incident, entry.OccurredAt, entry.Text) : null;

    public static Contracts.OccupancyConfidence ToContract(this OccupancyConfidence confidence) =>
        (Contracts.OccupancyConfidence)(int)confidence;

    public static Contracts.GatePresence ToContract(this GatePresence presence) => (Contracts.GatePresence)(int)presence;
}
