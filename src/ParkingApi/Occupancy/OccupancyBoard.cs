using System.Collections.Concurrent;
using NodaTime;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;
using Parking.Occupancy;
using Parking.Ports;

namespace Parking.Api.Occupancy;

/// <summary>
/// The newest occupancy of every facility, and the newest of every gate, that this instance knows of. All of it is read from the store, so changes made through other
/// instances show as well; a push that is lost does no harm, since asking again tells the same truth.
/// </summary>
internal sealed class OccupancyBoard(FacilityWatch watch, CityDirectory city, IClock clock)
{
    private readonly ConcurrentDictionary<FacilityId, Facility> _touched = new();
    private readonly Dictionary<FacilityId, OccupancyState> _states = city.Facilities.ToDictionary(
        facility => facility.Id, facility => new OccupancyState(facility, 0, 0, null, FacilityState.Open, OccupancyTrust.None, Instant.MinValue));
    private readonly Dictionary<GateId, GateState> _gates = city.Gates.ToDictionary(
        gate => gate.Id, gate => new GateState(new(gate, GatePresence.Never, null, 0, GateCondition.Good), 0));

    /// <summary>The last city view that was taken over.</summary>
    private long _taken;

    /// <summary>Says that something may have changed at a facility. Never waits.</summary>
    public void Touch(Facility facility) => _touched[facility.Id] = facility;

    /// <summary>Looks at the facilities touched since the last time, and returns what changed.</summary>
    /// <remarks>Called by one caller at a time, as <see cref="Take"/> is.</remarks>
    public async Task<BoardChanges> RefreshAsync()
    {
        IReadOnlyList<Facility> due = [.. _touched.Values];
        foreach (var facility in due)
        {
            _touched.TryRemove(facility.Id, out _);
        }

        return due.Count == 0 ? BoardChanges.None : Record(watch.NextLook(), due, await TryLookAsync(due));
    }

    /// <summary>Takes over what a look at the whole city has found, and returns what changed. A look that was taken over before changes nothing.</summary>
    public BoardChanges Take(CityView view)
    {
        if (view.Look == _taken)
        {
            return BoardChanges.None;
        }

        _taken = view.Look;
        return Record(view.Look, city.Facilities, view.Facilities);
    }

    /// <summary>The states as last announced.</summary>
    public IReadOnlyList<OccupancyState> StatesOf(IReadOnlyList<Facility> facilities)
    {
        lock (_states)
        {
            return [.. facilities.Select(facility => _states[facility.Id])];
        }
    }

    /// <summary>The states of these facilities' gates as last announced, in the order of the city file.</summary>
    public IReadOnlyList<GateState> GatesOf(IReadOnlyList<Facility> facilities)
    {
        var ids = facilities.Select(facility => facility.Id).ToHashSet();
        lock (_states)
        {
            return [.. city.Gates.Where(gate => ids.Contains(gate.Facility.Id)).Select(gate => _gates[gate.Id])];
        }
    }

    /// <summary>Null while the store is out of reach.</summary>
    private async Task<IReadOnlyList<FacilityView>?> TryLookAsync(IReadOnlyList<Facility> facilities)
    {
        try
        {
            return await watch.LookAsync(facilities);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    /// <param name="look">The number of the look; views have a higher one.</param>
    /// <param name="facilities">Those that were looked at.</param>
    /// <param name="views">What was seen of them; null if the store was out of reach.</param>
    private BoardChanges Record(long look, IReadOnlyList<Facility> facilities, IReadOnlyList<FacilityView>? views)
    {
        var now = clock.GetCurrentInstant();
        var (changed, changedGates) = (new List<OccupancyState>(), new List<GateState>());
        lock (_states)
        {
            for (var i = 0; i < facilities.Count; i++)
            {
                var before = _states[facilities[i].Id];
                var seen = views?[i].Look ?? look;
                if (seen < before.Look)
                {
                    // A later look at this facility has been recorded already.
                    continue;
                }


                // What was known of the gates is not untrue because the store is silent; of the occupancy nothing is known.
                var after = views?[i] is { } view
                    ? before with { Look = seen, Occupied = view.Occupied, State = view.State, Trust = view.Trust, AsOf = now }
                    : before with { Look = seen, Occupied = null, Trust = OccupancyTrust.None, AsOf = now };
                var isNew = !after.IsLike(before);
                _states[facilities[i].Id] = after = isNew ? after with { Sequence = before.Sequence + 1 } : after;
                if (isNew)
                {
                    changed.Add(after);
                }

                changedGates.AddRange((views?[i].Gates ?? []).Select(Record).OfType<GateState>());
            }
        }

        return new(changed, changedGates);
    }

    /// <summary>Null if there is no news in it.</summary>
    private GateState? Record(GateView view)
    {
        var before = _gates[view.Gate.Id];
        var isNew = !view.IsLike(before.View);
        var after = new GateState(view, isNew ? before.Sequence + 1 : before.Sequence);
        _gates[view.Gate.Id] = after;
        return isNew ? after : null;
    }
}

/// <summary>What is new on the board.</summary>
internal sealed record BoardChanges(IReadOnlyList<OccupancyState> Facilities, IReadOnlyList<GateState> Gates)
{
    public static readonly BoardChanges None = new([], []);

    public bool AreNone => Facilities.Count == 0 && Gates.Count == 0;
}

/// <summary>What is known of a gate.</summary>
/// <param name="View">As it was last seen.</param>
/// <param name="Sequence">Counts the states of this gate that this instance has announced, as <see cref="OccupancyState.Sequence"/> does.</param>
internal sealed record GateState(GateView View, long Sequence);

/// <summary>What is known of a facility's occupancy.</summary>
/// <param name="Facility">Which facility.</param>
/// <param name="Sequence">Counts the states of this facility that this instance has announced: 0, 1, 2 … without a gap. A client that sees a gap missed one.</param>
/// <param name="Look">The number of the look that it was seen in.</param>
/// <param name="Occupied">Open stays; null while the store is out of reach: unknown, rather than a stale number passed off as true.</param>
/// <param name="State">Whether it takes vehicles in, as far as is known.</param>
/// <param name="Trust">How far to trust the number.</param>
/// <param name="AsOf">When that was read.</param>
internal sealed record OccupancyState(Facility Facility, long Sequence, long Look, int? Occupied, FacilityState State, OccupancyTrust Trust, Instant AsOf)
{
    /// <summary>Whether there is news in this for somebody who has seen <paramref name="other"/>.</summary>
    public bool IsLike(OccupancyState other) => Occupied == other.Occupied && State == other.State && Trust == other.Trust;
}
