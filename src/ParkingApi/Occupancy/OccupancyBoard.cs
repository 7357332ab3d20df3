using System.Collections.Concurrent;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.LiveStore;

namespace Parking.Api.Occupancy;

/// <summary>
/// The newest occupancy of every facility that this instance knows of. Places are counted in the store, so changes made through other
/// instances show as well; a push that is lost does no harm, since asking again tells the same truth.
/// </summary>
internal sealed class OccupancyBoard(ILiveStore store, CityDirectory city, IClock clock)
{
    private readonly ConcurrentDictionary<FacilityId, Facility> _touched = new();
    private readonly Dictionary<FacilityId, OccupancyState> _states =
        city.Facilities.ToDictionary(facility => facility.Id, facility => new OccupancyState(facility, 0, null, Instant.MinValue));

    /// <summary>Says that a facility's occupancy may have changed. Never waits.</summary>
    public void Touch(Facility facility) => _touched[facility.Id] = facility;

    /// <summary>Counts the facilities touched since the last time, or all of them, and returns the states that changed.</summary>
    /// <remarks>Called by one caller at a time.</remarks>
    public async Task<IReadOnlyList<OccupancyState>> RefreshAsync(bool all)
    {
        IReadOnlyList<Facility> due = all ? city.Facilities : [.. _touched.Values];
        foreach (var facility in due)
        {
            _touched.TryRemove(facility.Id, out _);
        }

        return due.Count == 0 ? [] : Record(due, await CountAsync(due));
    }

    /// <summary>The states as last announced.</summary>
    public IReadOnlyList<OccupancyState> StatesOf(IReadOnlyList<Facility> facilities)
    {
        lock (_states)
        {
            return [.. facilities.Select(facility => _states[facility.Id])];
        }
    }

    private async Task<IReadOnlyList<int?>> CountAsync(IReadOnlyList<Facility> facilities)
    {
        try
        {
            var counts = await store.CountPlacesAsync([.. facilities.Select(facility => facility.Id)]);
            return [.. counts.Select(count => (int?)count)];
        }
        catch (StoreUnavailableException)
        {
            return [.. facilities.Select(_ => (int?)null)];
        }
    }

    private List<OccupancyState> Record(IReadOnlyList<Facility> facilities, IReadOnlyList<int?> counts)
    {
        var now = clock.GetCurrentInstant();
        var changed = new List<OccupancyState>();
        lock (_states)
        {
            foreach (var (facility, occupied) in facilities.Zip(counts))
            {
                var state = _states[facility.Id];
                var isNew = state.Occupied != occupied;
                state = state with { Occupied = occupied, AsOf = now, Sequence = isNew ? state.Sequence + 1 : state.Sequence };
                _states[facility.Id] = state;
                if (isNew)
                {
                    changed.Add(state);
                }
            }
        }

        return changed;
    }
}
