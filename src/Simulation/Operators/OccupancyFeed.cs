using System.Collections.Concurrent;
using NodaTime;

namespace Parking.Simulation.Operators;

/// <summary>
/// The occupancy that an operator's screen knows from the hub's messages. Each message has the whole state of its facilities. After another
/// epoch of the store, or a lost connection, all of it is in doubt until the next snapshot. May be read from any thread while messages come
/// in one at a time.
/// </summary>
public sealed class OccupancyFeed
{
    private readonly ConcurrentDictionary<string, FacilityOccupancy> _latest = new();
    private volatile string? _epoch;
    private volatile bool _isInDoubt;
    private long _messages;
    private long _snapshots;

    /// <summary>The newest state of each facility, by its id.</summary>
    public IReadOnlyDictionary<string, FacilityOccupancy> Latest => _latest;

    /// <summary>The number of messages, snapshots included.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>The number of snapshots.</summary>
    public long Snapshots => Interlocked.Read(ref _snapshots);

    /// <summary>Whether something may have been missed, and no snapshot has come since.</summary>
    public bool IsInDoubt => _isInDoubt;

    /// <summary>Raised with every new state.</summary>
    public event Action<FacilityOccupancy>? Taken;

    /// <summary>Takes the first message of a subscription, which has everything: it replaces what was known.</summary>
    public void TakeAll(OccupancyUpdate snapshot)
    {
        Interlocked.Increment(ref _messages);
        _epoch = snapshot.Epoch;
        foreach (var state in snapshot.Facilities)
        {
            Keep(state);
        }
        _isInDoubt = false;
        Interlocked.Increment(ref _snapshots);
    }

    /// <summary>Takes changes. A state with a lower number than the known one is older, and is passed over.</summary>
    /// <returns>False if the store's life is another one than that of the snapshot, so that a new snapshot is needed.</returns>
    public bool Take(OccupancyUpdate changes)
    {
        Interlocked.Increment(ref _messages);
        if (_epoch is null)
        {
            // Sent before the first snapshot, which contains it.
            return true;
        }
        var isSame = changes.Epoch == _epoch;
        foreach (var state in changes.Facilities)
        {
            if (!isSame || !_latest.TryGetValue(state.Facility, out var known) || !(state.Sequence < known.Sequence))
            {
                Keep(state);
            }
        }
        _isInDoubt |= !isSame;
        return isSame;
    }

    /// <summary>The connection was lost: changes may have been missed until the next snapshot.</summary>
    public void Doubt() => _isInDoubt = true;

    private void Keep(FacilityOccupancy state)
    {
        _latest[state.Facility] = state;
        Taken?.Invoke(state);
    }
}

/// <summary>States of facilities as the hub sends them: all of a scope, or those that changed.</summary>
public sealed record OccupancyUpdate(string Scope, string Epoch, IReadOnlyList<FacilityOccupancy> Facilities);

/// <summary>One facility's occupancy as the hub sends it.</summary>
public sealed record FacilityOccupancy
{
    public required string Facility { get; init; }

    /// <summary>Grows with the changes of this facility in one epoch; null while the service does not know.</summary>
    public long? Sequence { get; init; }

    /// <summary>Spaces taken; null while the service does not know.</summary>
    public int? Occupied { get; init; }

    public required int Capacity { get; init; }

    public Instant? AsOf { get; init; }
}
