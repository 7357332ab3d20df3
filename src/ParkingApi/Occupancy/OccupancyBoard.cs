using System.Collections.Concurrent;
using NodaTime;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;
using Parking.Occupancy;
using Parking.Ports;

namespace Parking.Api.Occupancy;

/// <summary>
/// The latest known state of every facility and gate. All of it is read from the store, so it includes changes through other instances,
/// and a lost push does no harm: a new subscription gets the same state.
/// </summary>
internal sealed class OccupancyBoard(FacilityWatch watch, CityDirectory city, IClock clock)
{
    private readonly ConcurrentDictionary<FacilityId, Facility> _touched = new();
    private readonly Dictionary<FacilityId, OccupancyState> _states = city.Facilities.ToDictionary(
        facility => facility.Id,
        facility => new OccupancyState(facility, null, 0, null, FacilityState.Open, OccupancyTrust.None, Instant.MinValue));
    private readonly Dictionary<GateId, GateView> _gates = city.Gates.ToDictionary(
        gate => gate.Id, gate => new GateView(gate, GatePresence.Never, null, 0, GateCondition.Good));

    /// <summary>The last city view that was applied.</summary>
    private volatile CityView? _taken;

    /// <summary>When everything on the board was last read, even if nothing had changed; the beginning of time before that.</summary>
    public Instant ReadAt => _taken?.At ?? Instant.MinValue;

    /// <summary>The life of the store in which something was last read; empty before that.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>Marks a facility as possibly changed. Never waits.</summary>
    public void Touch(Facility facility) => _touched[facility.Id] = facility;

    /// <summary>Reads the facilities that were touched since the last call, and returns the changes.</summary>
    /// <remarks>Only one caller at a time may call this or <see cref="Take"/>.</remarks>
    public async Task<BoardChanges> RefreshAsync()
    {
        IReadOnlyList<Facility> due = [.. _touched.Values];
        foreach (var facility in due)
        {
            _touched.TryRemove(facility.Id, out _);
        }

        return due.Count == 0
            ? BoardChanges.None
            : Record(watch.NextLook(), due, await TryLookAsync(due), clock.GetCurrentInstant(), isOfTouched: true);
    }

    /// <summary>Applies a view of the whole city, and returns the changes. A view that was applied before changes nothing.</summary>
    public BoardChanges Take(CityView view)
    {
        if (view.Look == _taken?.Look)
        {
            return BoardChanges.None;
        }

        _taken = view;
        return Record(view.Look, city.Facilities, view.Facilities, view.At, isOfTouched: false);
    }

    /// <summary>The last announced states.</summary>
    public IReadOnlyList<OccupancyState> StatesOf(IReadOnlyList<Facility> facilities)
    {
        lock (_states)
        {
            return [.. facilities.Select(facility => _states[facility.Id])];
        }
    }

    /// <summary>The last announced states of these facilities' gates, in the order of the city file.</summary>
    public IReadOnlyList<GateView> GatesOf(IReadOnlyList<Facility> facilities)
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

    /// <param name="look">The number of the read; the views have higher ones.</param>
    /// <param name="facilities">The facilities that were read.</param>
    /// <param name="views">Their states; null if the store was out of reach.</param>
    /// <param name="at">When they were read.</param>
    /// <param name="isOfTouched">Whether these are the touched facilities, or all.</param>
    private BoardChanges Record(
        long look, IReadOnlyList<Facility> facilities, IReadOnlyList<FacilityView>? views, Instant at, bool isOfTouched)
    {
        var (changed, changedGates) = (new List<OccupancyState>(), new List<GateView>());
        lock (_states)
        {
            for (var i = 0; i < facilities.Count; i++)
            {
                var before = _states[facilities[i].Id];
                var seen = views?[i].Look ?? look;
                if (seen < before.Look || (!isOfTouched && _touched.ContainsKey(facilities[i].Id)))
                {
                    // A later state of this facility has been recorded already, or is read next: one message a tick is enough.
                    continue;
                }

                // If the store is out of reach, the occupancy is unknown. The last known state of the gates stays valid.
                var after = views?[i] is { } view
                    ? new(facilities[i], view.Stamp, seen, view.Occupied, view.State, view.Trust, at)
                    : before with { Stamp = null, Look = seen, Occupied = null, Trust = OccupancyTrust.None, AsOf = at };
                _states[facilities[i].Id] = after;
                Epoch = after.Stamp?.Epoch ?? Epoch;
                if (!after.IsLike(before))
                {
                    changed.Add(after);
                }

                changedGates.AddRange((views?[i].Gates ?? []).Where(IsNews));
            }
        }

        return new(changed, changedGates);
    }

    /// <summary>Notes how a gate is seen.</summary>
    private bool IsNews(GateView view)
    {
        var before = _gates[view.Gate.Id];
        _gates[view.Gate.Id] = view;
        return !view.IsLike(before);
    }
}

/// <summary>The changes of the board.</summary>
internal sealed record BoardChanges(IReadOnlyList<OccupancyState> Facilities, IReadOnlyList<GateView> Gates)
{
    public static readonly BoardChanges None = new([], []);

    public bool AreNone => Facilities.Count == 0 && Gates.Count == 0;

    /// <summary>These changes and later ones. Of what has changed twice, the later state.</summary>
    public BoardChanges Then(BoardChanges later) => new(
        [.. Facilities.ExceptBy(later.Facilities.Select(state => state.Facility.Id), state => state.Facility.Id), .. later.Facilities],
        [.. Gates.ExceptBy(later.Gates.Select(gate => gate.Gate.Id), gate => gate.Gate.Id), .. later.Gates]);
}

/// <summary>The known state of a facility.</summary>
/// <param name="Facility">The facility.</param>
/// <param name="Stamp">Numbers the state in the store; null while the store is out of reach.</param>
/// <param name="Look">The number of the read that gave this state.</param>
/// <param name="Occupied">Open stays; null while the store is out of reach, since a stale number must not be shown as current.</param>
/// <param name="State">Whether vehicles can enter, as last known.</param>
/// <param name="Trust">How reliable the number is.</param>
/// <param name="AsOf">When the state was read.</param>
internal sealed record OccupancyState(
    Facility Facility, FacilityStamp? Stamp, long Look, int? Occupied, FacilityState State, OccupancyTrust Trust, Instant AsOf)
{
    /// <summary>The number of vehicles to show; null while it is not known.</summary>
    public int? Shown => Occupied is { } occupied ? Trust.Shown(occupied) : null;

    /// <summary>Whether this state and <paramref name="other"/> are equal for a client.</summary>
    public bool IsLike(OccupancyState other) => Occupied == other.Occupied && State == other.State && Trust == other.Trust;
}
