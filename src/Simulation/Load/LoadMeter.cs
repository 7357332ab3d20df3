using Parking.GateProgram;
using Parking.GateProtocol;

namespace Parking.Simulation.Load;

/// <summary>Takes in what came of each arrival. Safe to use from many threads.</summary>
/// <param name="from">Arrivals before this are warm-up: they have to be right, and count for nothing else.</param>
/// <param name="to">When the measuring ends.</param>
internal sealed class LoadMeter(TimeSpan from, TimeSpan to)
{
    private const int MostNamed = 10;

    private readonly Lock _gate = new();
    private readonly List<LoadSample> _samples = [];
    private readonly List<TimeSpan> _latest = [];
    private readonly List<string> _unexpected = [];
    private int _taps, _served, _unexpectedTaps;

    /// <summary>What was measured, in the order in which it was over.</summary>
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
    /// How many taps were over while it was measured, whenever they were due: fewer than came, where the service does not keep up.
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

    /// <summary>How many taps were not decided as they should have been, the warm-up's among them.</summary>
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

    /// <summary>The first of these, for a person to read.</summary>
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

    /// <summary>How many taps there were in all, and how long those took that are new since the last look.</summary>
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

/// <summary>What came of an arrival. All times from the load's beginning.</summary>
/// <param name="Due">When the code was to be shown.</param>
/// <param name="Shown">When it was.</param>
/// <param name="Moved">When the gate had decided, written it down, and moved its barrier or not.</param>
/// <param name="Showing">What the gate made of it.</param>
/// <param name="Expected">What it should have.</param>
internal readonly record struct LoadTap(TimeSpan Due, TimeSpan Shown, TimeSpan Moved, GateShowing Showing, ScanReason Expected)
{
    /// <summary>How long the driver waited: from the moment the code was to be shown, whoever is to blame that it was not.</summary>
    public TimeSpan TapToOpen => Moved - Due;

    /// <summary>How much too late it was shown: the simulator was slow, the code was not there, or the lane was not free.</summary>
    public TimeSpan Late => Shown - Due;

    public bool IsAsExpected => Showing.Reason == Expected && Showing.IsOpen;
}

/// <summary>What is kept of a tap: numbers alone, since there are many.</summary>
/// <param name="TapToOpen">How long the driver waited.</param>
/// <param name="Late">How much too late the code was shown.</param>
/// <param name="Decide">The service's share; null where it did not say.</param>
/// <param name="IsAlone">Whether the gate decided alone.</param>
/// <param name="IsRefused">Whether it stayed shut.</param>
internal readonly record struct LoadSample(TimeSpan TapToOpen, TimeSpan Late, TimeSpan? Decide, bool IsAlone, bool IsRefused)
{
    public static LoadSample Of(LoadTap tap) =>
        new(tap.TapToOpen, tap.Late, tap.Showing.Decide, tap.Showing.IsLocal, tap.Showing.Decision == GateDecision.Refuse);
}
