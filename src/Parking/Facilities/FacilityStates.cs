using System.Collections.Concurrent;
using Parking.GateProtocol;

namespace Parking.Facilities;

/// <summary>
/// Whether each facility takes vehicles in, as this instance last saw it. Kept in memory, so asking costs nothing. It is refreshed every
/// second, and at once when an operator changes it through this instance; the other instances see that a second later.
/// </summary>
public sealed class FacilityStates
{
    private readonly ConcurrentDictionary<FacilityId, (long Look, FacilityState State)> _states = new();

    /// <summary>Whether an operator has closed the facility to entries.</summary>
    public bool IsClosed(FacilityId facility) => StateOf(facility) == FacilityState.Closed;

    /// <summary>The facility's state; open as long as nothing is known.</summary>
    public FacilityState StateOf(FacilityId facility) => _states.GetValueOrDefault(facility, (0, FacilityState.Open)).State;

    /// <summary>Notes what a look has found. A look that began before the one noted last changes nothing.</summary>
    /// <param name="facility">The facility.</param>
    /// <param name="look">The number of the look; numbers ascend in the order in which looks begin.</param>
    /// <param name="state">What was found.</param>
    public void Note(FacilityId facility, long look, FacilityState state) => _states.AddOrUpdate(
        facility, (look, state), (_, known) => known.Look > look ? known : (look, state));
}
