using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Cities;

namespace Parking.Simulation.LiveCity;

/// <summary>What goes on in the living city, in numbers: for whichever view shows it. Written by many.</summary>
/// <param name="city">Its facilities.</param>
/// <param name="time">Measures.</param>
public sealed class CityPulse(CityPlan city, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly long _started = time.GetTimestamp();
    private readonly Lock _sync = new();
    private readonly Queue<TimeSpan> _lastMinute = new();
    private Dictionary<string, int> _occupied = [];
    private (long Opened, long Refused, long Alone) _counts;

    /// <summary>Since the city came to life.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public CityPlan City => city;

    /// <summary>The gate whose cable is cut; null: none is.</summary>
    public string? CutOff { get; internal set; }

    /// <summary>The gate whose barrier is stuck; null: none is.</summary>
    public string? Jammed { get; internal set; }

    /// <summary>The last thing that went wrong, for a person to read; null: nothing has.</summary>
    public string? Trouble { get; internal set; }

    /// <summary>What the gates have decided so far: opened, refused, and how many of both without the service.</summary>
    public (long Opened, long Refused, long Alone) Counts
    {
        get
        {
            lock (_sync)
            {
                return _counts;
            }
        }
    }

    /// <summary>How many decisions the last 60 s had.</summary>
    public int DecisionsInLastMinute
    {
        get
        {
            lock (_sync)
            {
                Forget();
                return _lastMinute.Count;
            }
        }
    }

    /// <summary>Places taken, as the service says it; null while it has not.</summary>
    public int? OccupiedIn(string facility) => Volatile.Read(ref _occupied).TryGetValue(facility, out var occupied) ? occupied : null;

    internal void Note(GateShowing showing)
    {
        lock (_sync)
        {
            _lastMinute.Enqueue(Elapsed);
            Forget();
            var opened = showing.Decision == GateDecision.Open;
            _counts.Opened += opened ? 1 : 0;
            _counts.Refused += opened ? 0 : 1;
            _counts.Alone += showing.IsLocal ? 1 : 0;
        }
    }

    internal void TakeOccupancy(Dictionary<string, int> occupied) => Volatile.Write(ref _occupied, occupied);

    private void Forget()
    {
        while (_lastMinute.TryPeek(out var oldest) && Elapsed - oldest > Minute)
        {
            _lastMinute.Dequeue();
        }
    }
}
