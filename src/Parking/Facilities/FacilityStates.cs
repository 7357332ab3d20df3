using System.Collections.Concurrent;
using Parking.GateProtocol;

namespace Parking.Facilities;

/// <summary>
/// Whether each facility takes vehicles in, as this instance last saw it. Asking costs nothing. It is told anew each second, and at once when an operator says so here; the
/// other instances see that a second later.
/// </summary>
public sealed class FacilityStates
{
    private readonly ConcurrentDictionary<FacilityId, FacilityState> _states = new();

    /// <summary>Whether an operator has closed it to entries.</summary>
    public bool IsClosed(FacilityId facility) => StateOf(facility) == FacilityState.Closed;

    /// <summary>Open, as long as nothing is known.</summary>
    public FacilityState StateOf(FacilityId facility) => _states.GetValueOrDefault(facility, FacilityState.Open);

    public void Note(FacilityId facility, FacilityState state) => _states[facility] = state;
}
