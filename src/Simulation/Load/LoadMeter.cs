using Parking.GateProgram;
using Parking.GateProtocol;

namespace Parking.Simulation.Load;

/// <summary>Records the result of each arrival. Safe to use from many threads.</summary>
/// <param name="from">Earlier arrivals are warm-up. Their decisions are checked, but they are not measured.</param>
/// <param name="to">The end of the measuring.</param>
internal sealed class LoadMeter(TimeSpan from, TimeSpan to)
{
    private const int MostNamed = 10;

    private readonly Lock _gate = new();
    private readonly List<LoadSample> _samples = [];
    private readonly List<TimeSpan> _latest = [];
    private readonly List<string> _unexpected = [];
    private int _taps, _served, _unexpectedTaps;

    /// <summary>The measured taps, in the order in which they finished.</summary>
    public IReadOnlyList<LoadSample> Samples
    {
        get
        {
            lock (_gate)
            {
                return [.. _samples];
            }
        }
    }

    /// <summary>
    /// The number of taps that finished during the measuring, whenever they were due. It is smaller than the number of arrivals if the
    /// service does not keep up.
    /// </summary>
    public int Served
    {
        get
        {
            lock (_gate)
            {
                return _served;
            }
        }
    }

    /// <summary>The number of taps with an unexpected decision, warm-up included.</summary>
    public int UnexpectedTaps
    {
        get
        {
            lock (_gate)
            {
                return _unexpectedTaps;
            }
        }
    }

    /// <summary>The first of these taps, for a person to read.</summary>
    public IReadOnlyList<string> Unexpected
    {
        get
        {
            lock (_gate)
            {
                return [.. _unexpected];
            }
        }
    }

    public void Take(string gate, LoadTap tap)
    {
        lock (_gate)
        {
            _taps++;
            _served += tap.Moved >= from && tap.Moved < to ? 1 : 0;
            _latest.Add(tap.TapToOpen);
            if (!tap.IsAsExpected)
            {
                _unexpectedTaps++;
                if (_unexpected.Count < MostNamed)
                {
                    _unexpected.Add($"{gate} at {tap.Due.TotalSeconds:0.0} s: expected {tap.Expected}, got "
                        + $"{tap.Showing.Reason}{(tap.Showing.IsLocal ? ", decided alone" : "")}");
                }
            }
            if (tap.Due >= from)
            {
                _samples.Add(LoadSample.Of(tap));
            }
        }
    }

    /// <summary>The number of all taps so far, and the times of those since the last call.</summary>
    public (int Taps, LoadTimes? Latest) Look()
    {
        lock (_gate)
        {
            var latest = LoadTimes.Of(_latest);
            _latest.Clear();
            return (_taps, latest);
        }
    }
}

/// <summary>The result of an arrival. All times are counted from the load's beginning.</summary>
/// <param name="Due">When the code was to be shown.</param>
/// <param name="Shown">When it was shown.</param>
/// <param name="Moved">When the gate had decided, written the events, and moved or kept its barrier.</param>
/// <param name="Showing">The gate's result.</param>
/// <param name="Expected">The expected reason.</param>
internal readonly record struct LoadTap(TimeSpan Due, TimeSpan Shown, TimeSpan Moved, GateShowing Showing, ScanReason Expected)
{
    /// <summary>
    /// The driver's wait, from the time when the code was to be shown. It includes every delay, also the simulator's own.
    /// </summary>
    public TimeSpan TapToOpen => Moved - Due;

    /// <summary>The delay of the showing: the simulator was slow, the code was not fetched yet, or the lane was not free.</summary>
    public TimeSpan Late => Shown - Due;

    public bool IsAsExpected => Showing.Reason == Expected && Showing.IsOpen;
}

/// <summary>What is kept of a tap: only numbers, because there are many taps.</summary>
/// <param name="TapToOpen">The driver's wait.</param>
/// <param name="Late">The delay of the showing.</param>
/// <param name="Decide">The service's time for deciding; null if it did not report one.</param>
/// <param name="IsAlone">Whether the gate decided alone.</param>
/// <param name="IsRefused">Whether the barrier stayed shut.</param>
internal readonly record struct LoadSample(TimeSpan TapToOpen, TimeSpan Late, TimeSpan? Decide, bool IsAlone, bool IsRefused)
{
    public static LoadSample Of(LoadTap tap) =>
        new(tap.TapToOpen, tap.Late, tap.Showing.Decide, tap.Showing.IsLocal, tap.Showing.Decision == GateDecision.Refuse);
}
