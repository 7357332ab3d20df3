using System.Collections.Concurrent;
using NodaTime;

namespace Parking.Simulation.Operators;

/// <summary>
/// What an operator's screen knows from the hub's messages. It notices a missed message by the jump in the sequence; what it shows of that
/// facility is then in doubt until the next snapshot. Safe to read while messages come in; these come one at a time.
/// </summary>
public sealed class OccupancyFeed
{
    private readonly ConcurrentDictionary<string, FacilityOccupancy> _latest = new();
    private readonly ConcurrentDictionary<string, FacilityOccupancy> _inDoubt = new();
    private long _messages;
    private long _gaps;
    private long _snapshots;

    /// <summary>The newest state of each facility, by its name.</summary>
    public IReadOnlyDictionary<string, FacilityOccupancy> Latest => _latest;

    /// <summary>Messages taken, snapshots included.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Snapshots among them.</summary>
    public long Snapshots => Interlocked.Read(ref _snapshots);

    /// <summary>How often a message was missed.</summary>
    public long Gaps => Interlocked.Read(ref _gaps);

    /// <summary>Whether a missed message has not been made good by a snapshot.</summary>
    public bool IsInDoubt => !_inDoubt.IsEmpty;

    /// <summary>Raised with every state taken.</summary>
    public event Action<FacilityOccupancy>? Taken;

    /// <summary>A snapshot: it replaces what was known, unless something newer has come already.</summary>
    public void Take(OccupancySnapshot snapshot)
    {
        Interlocked.Increment(ref _messages);
        foreach (var state in snapshot.Facilities)
        {
            if (!_latest.TryGetValue(state.Facility, out var known) || state.Sequence >= known.Sequence
                || _inDoubt.ContainsKey(state.Facility))
            {
                Keep(state);
            }
            _inDoubt.TryRemove(state.Facility, out _);
        }
        Interlocked.Increment(ref _snapshots);
    }

    /// <summary>A change.</summary>
    /// <returns>Whether all is well; false if a message was missed, so that a new snapshot is needed.</returns>
    public bool Take(FacilityOccupancy change)
    {
        Interlocked.Increment(ref _messages);
        if (!_latest.TryGetValue(change.Facility, out var known) || change.Sequence <= known.Sequence)
        {
            // Before the first snapshot, or sent before the snapshot that has come meanwhile: both are in the snapshot.
            return true;
        }
        var isNext = change.Sequence == known.Sequence + 1;
        if (!isNext)
        {
            Interlocked.Increment(ref _gaps);
            _inDoubt[change.Facility] = change;
        }
        Keep(change);
        return isNext;
    }

    /// <summary>
    /// The connection was lost: the service may have started anew, and its numbers with it. The next snapshot holds whatever its numbers.
    /// </summary>
    public void Doubt()
    {
        foreach (var (facility, state) in _latest)
        {
            _inDoubt[facility] = state;
        }
    }

    private void Keep(FacilityOccupancy state)
    {
        _latest[state.Facility] = state;
        Taken?.Invoke(state);
    }
}

/// <summary>What a subscription begins with.</summary>
public sealed record OccupancySnapshot(string Scope, IReadOnlyList<FacilityOccupancy> Facilities);

/// <summary>One facility's occupancy as the hub sends it.</summary>
public sealed record FacilityOccupancy
{
    public required string Facility { get; init; }

    /// <summary>One more with every message about this facility: a jump says that one was missed.</summary>
    public required long Sequence { get; init; }

    /// <summary>Places taken; null while the service cannot know.</summary>
    public int? Occupied { get; init; }

    public required int Capacity { get; init; }

    public Instant? AsOf { get; init; }
}
