using System.Collections.Concurrent;
using Parking.Facilities;

namespace Parking.Api.Hosting.Audit;

/// <summary>
/// The facilities at which a command has changed through this instance, and was not entered into the audit yet. What other instances left
/// behind is found by going through all facilities, once a minute.
/// </summary>
internal sealed class CommandBacklog
{
    private readonly ConcurrentDictionary<FacilityId, bool> _facilities = new();

    public void Add(FacilityId facility) => _facilities[facility] = true;

    /// <summary>Empties it. What cannot be entered now is added again.</summary>
    public IReadOnlyList<FacilityId> TakeAll() => [.. _facilities.Keys.Where(facility => _facilities.TryRemove(facility, out _))];
}
