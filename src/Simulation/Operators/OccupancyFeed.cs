using System.Collections.Concurrent;
using NodaTime;

namespace Parking.Simulation.Operators;

/// <summary>
/// The occupancy that an operator's screen knows from the hub's messages. A jump in the sequence of a facility shows that a message was
/// missed; that facility is then in doubt until the next snapshot. May be read from any thread while messages come in one at a time.
/// </summary>
public sealed class OccupancyFeed
{
    private readonly ConcurrentDictionary<string, FacilityOccupancy> _latest = new();
    private readonly ConcurrentDictionary<string, FacilityOccupancy> _inDoubt = new();
    private long _messages;
    private long _gaps;
    private long _snapshots;

    /// <summary>The newest state of each facility, by its id.</summary>
    public IReadOnlyDictionary<string, FacilityOccupancy> Latest => _latest;

    /// <summary>The number of messages, snapshots included.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>The number of snapshots.</summary>
    public long Snapshots => Interlocked.Read(ref _snapshots);

    /// <summary>The number of missed messages that were noticed.</summary>
    public long Gaps => Interlocked.Read(ref _gaps);

    /// <summary>Whether a message was missed and no snapshot has come since.</summary>
    public bool IsInDoubt => !_inDoubt.IsEmpty;

    /// <summary>Raised with every new state.</summary>
    public event Action<FacilityOccupancy>? Taken;

    /// <summary>Applies a snapshot. It replaces the known state unless a newer one has come already.</summary>
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

    /// <summary>Applies a change of one facility.</summary>
    /// <returns>False if a message was missed, so that a new snapshot is needed.</returns>
    public bool Take(FacilityOccupancy change)
    {
        Interlocked.Increment(ref _messages);
        if (!_latest.TryGetValue(change.Facility, out var known) || change.Sequence <= known.Sequence)
        {
            // Sent before the first snapshot, or before the snapshot that came meanwhile. The snapshot contains both.
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
    /// The connection was lost. The service may have restarted, and with it its sequence numbers, so the next snapshot is accepted with any
    /// number.
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

/// <summary>The first message of a subscription.</summary>
public sealed record OccupancySnapshot(string Scope, IReadOnlyList<FacilityOccupancy> Facilities);

/// <summary>One facility's occupancy as the hub sends it.</summary>
public sealed record FacilityOccupancy
{
    public required string Facility { get; init; }

    /// <summary>Grows by one with every message about this facility. A jump shows that a message was missed.</summary>
    public required long Sequence { get; init; }

    /// <summary>Spaces taken; null while the service does not know.</summary>
    public int? Occupied { get; init; }

    public required int Capacity { get; init; }

    public Instant? AsOf { get; init; }
}
