using Parking.Api.Occupancy;
using Parking.Occupancy;

namespace Parking.Api.Gates;

/// <summary>Maps gates to contracts.</summary>
internal static class GateMapping
{
    public static Contracts.GateStatus ToContract(this GateView view) => new()
    {
        Id = view.Gate.Id.Value,
        Facility = view.Gate.Facility.Id.Value,
        Direction = view.Gate.Direction,
        State = view.Presence.ToContract(),
        LastHeardAt = view.LastHeardAt,
        Unsent = view.Unsent,
        Offline = view.Condition.IsOffline,
        Fault = view.Condition.HasFault,
        Barrier = view.Barrier,
        LastIncident = view.Condition.LastIncident.ToIncident(),
    };
}
