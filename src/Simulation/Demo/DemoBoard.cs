using System.Collections.Concurrent;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Operators;

namespace Parking.Simulation.Demo;

/// <summary>The state of a running demo for its view. Many threads write it and one reads it.</summary>
/// <param name="feed">The occupancy that the operator's screen knows.</param>
/// <param name="time">The clock for the times in the lines.</param>
public sealed class DemoBoard(OccupancyFeed feed, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, GateFace> _faces = new();
    private readonly List<(TimeSpan At, TapRecord Record)> _taps = [];
    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();

    /// <summary>The time since the demo began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>The gates that have been used, by id.</summary>
    public IReadOnlyDictionary<string, GateFace> Faces => _faces;

    /// <summary>The occupancy received over SignalR.</summary>
    public OccupancyFeed Occupancy => feed;

    /// <summary>Raised after each finished tap, never on two threads at once.</summary>
    public event Action<TimeSpan, TapRecord>? Added;

    /// <summary>The number of finished taps.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _taps.Count;
            }
        }
    }

    /// <summary>All finished taps, in the order in which they finished.</summary>
    public IReadOnlyList<TapRecord> Records
    {
        get
        {
            lock (_gate)
            {
                return [.. _taps.Select(tap => tap.Record)];
            }
        }
    }

    /// <summary>The last taps, newest first.</summary>
    public IReadOnlyList<(TimeSpan At, TapRecord Record)> Latest(int count)
    {
        lock (_gate)
        {
            return [.. _taps.TakeLast(count).Reverse()];
        }
    }

    public void Show(string gate, GateMachine machine) => _faces[gate] = new GateFace(machine.State, machine.Display);

    public void Add(TapRecord record)
    {
        lock (_gate)
        {
            _taps.Add((Elapsed, record));
            Added?.Invoke(Elapsed, record);
        }
    }
}

/// <summary>The state and display of a gate as a driver sees them.</summary>
public sealed record GateFace(GateState State, GateDisplay Display);
