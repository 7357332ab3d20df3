using System.Collections.Concurrent;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Stores;

/// <summary>Who is called when commands of a facility change. Safe to use from many threads.</summary>
internal sealed class CommandWatchers
{
    private readonly ConcurrentDictionary<FacilityId, ConcurrentDictionary<Watcher, Action<CommandId?>>> _byFacility = new();

    /// <returns>Ends the watching when it is disposed.</returns>
    public IDisposable Add(FacilityId facility, Action<CommandId?> changed)
    {
        var watchers = _byFacility.GetOrAdd(facility, _ => new());
        var watcher = new Watcher(watchers);
        watchers[watcher] = changed;
        return watcher;
    }

    /// <param name="facility">The facility.</param>
    /// <param name="command">What has changed; null if that is not known.</param>
    public void Wake(FacilityId facility, CommandId? command)
    {
        foreach (var changed in _byFacility.GetValueOrDefault(facility)?.Values ?? [])
        {
            changed(command);
        }
    }

    public void WakeAll()
    {
        foreach (var facility in _byFacility.Keys)
        {
            Wake(facility, null);
        }
    }

    private sealed class Watcher(ConcurrentDictionary<Watcher, Action<CommandId?>> watchers) : IDisposable
    {
        public void Dispose() => watchers.TryRemove(this, out _);
    }
}
