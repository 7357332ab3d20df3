using System.Collections.Concurrent;
using Parking.Facilities;

namespace Parking.Stores;

/// <summary>Who is called when commands of a facility change. Safe to use from many threads.</summary>
internal sealed class CommandWatchers
{
    private readonly ConcurrentDictionary<FacilityId, ConcurrentDictionary<Watcher, Action>> _byFacility = new();

    /// <returns>Ends the watching when it is disposed.</returns>
    public IDisposable Add(FacilityId facility, Action changed)
    {
        var watchers = _byFacility.GetOrAdd(facility, _ => new());
        var watcher = new Watcher(watchers);
        watchers[watcher] = changed;
        return watcher;
    }

    public void Wake(FacilityId facility)
    {
        foreach (var changed in _byFacility.GetValueOrDefault(facility)?.Values ?? [])
        {
            changed();
        }
    }

    public void WakeAll()
    {
        foreach (var facility in _byFacility.Keys)
        {
            Wake(facility);
        }
    }

    private sealed class Watcher(ConcurrentDictionary<Watcher, Action> watchers) : IDisposable
    {
        public void Dispose() => watchers.TryRemove(this, out _);
    }
}
