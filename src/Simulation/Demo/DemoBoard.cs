using System.Collections.Concurrent;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Operators;

namespace Parking.Simulation.Demo;

/// <summary>What there is to see while the demo runs, for whichever view shows it. Written by many, read by one.</summary>
/// <param name="feed">What the operator's screen knows.</param>
/// <param name="time">Dates the lines.</param>
public sealed class DemoBoard(OccupancyFeed feed, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, GateFace> _faces = new();
    private readonly List<(TimeSpan At, TapRecord Record)> _taps = [];
    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();

    /// <summary>Since the demo began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>The gates that have been used, by name.</summary>
    public IReadOnlyDictionary<string, GateFace> Faces => _faces;

    /// <summary>Occupancy as it comes over SignalR.</summary>
    public OccupancyFeed Occupancy => feed;

    /// <summary>Raised with each tap that is over; not from two threads at once.</summary>
    public event Action<TimeSpan, TapRecord>? Added;

    /// <summary>How many taps are over.</summary>
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

    /// <summary>Every tap so far, in the order they were over.</summary>
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

    /// <summary>The last taps, the newest first.</summary>
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

/// <summary>What a gate looks like from the road.</summary>
public sealed record GateFace(GateState State, GateDisplay Display);
