using System.Collections.Concurrent;
using Parking.Simulation.Cities;
using Parking.Simulation.Operators;

namespace Parking.Simulation.Demo;

/// <summary>Checks every occupancy that arrives over SignalR: never below zero, and never above a capacity that is enforced.</summary>
internal sealed class CapacityWatch
{
    private readonly Dictionary<string, FacilityPlan> _facilities;
    private readonly ConcurrentQueue<string> _violations = new();

    public CapacityWatch(CityPlan city, OccupancyFeed feed)
    {
        _facilities = city.Facilities.ToDictionary(facility => facility.Id);
        feed.Taken += Look;
    }

    public IReadOnlyList<string> Violations => [.. _violations];

    private void Look(FacilityOccupancy state)
    {
        var isTooMany = _facilities.TryGetValue(state.Facility, out var facility) && facility.EnforcesCapacity
            && state.Occupied > state.Capacity;
        if (isTooMany || state.Occupied < 0)
        {
            _violations.Enqueue($"{state.Facility}: {state.Occupied} of {state.Capacity}");
        }
    }
}
