using System.Collections.Concurrent;
using Parking.GateProtocol;

namespace Parking.Facilities;

/// <summary>
/// Whether each facility takes vehicles in, as this instance last saw it. Kept in memory, so asking costs nothing. It is refreshed every
/// second, and at once when an operator changes it through this instance; the other instances see that a second later.
/// </summary>
public sealed class FacilityStates
{
    private readonly ConcurrentDictionary<FacilityId, FacilityState> _states = new();

    /// <summary>Whether an operator has closed the facility to entries.</summary>
    public bool IsClosed(FacilityId facility) => StateOf(facility) == FacilityState.Closed;

    /// <summary>The facility's state; open as long as nothing is known.</summary>
    public FacilityState StateOf(FacilityId facility) => _states.GetValueOrDefault(facility, FacilityState.Open);

    public void Note(FacilityId facility, FacilityState state) => _states[facility] = state;
}
