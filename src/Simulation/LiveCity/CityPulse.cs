using Parking.Codes.Devices;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Cities;

namespace Parking.Simulation.LiveCity;

/// <summary>What goes on in the living city, in numbers: for whichever view shows it. Written by many.</summary>
/// <param name="city">Its facilities.</param>
/// <param name="time">Measures.</param>
public sealed class CityPulse(CityPlan city, TimeProvider time)
{
    private const int MostNews = 3;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly long _started = time.GetTimestamp();
    private readonly Lock _sync = new(), _telling = new();
    private readonly Queue<TimeSpan> _lastMinute = new();
    private Dictionary<string, int> _occupied = [];
    private readonly Dictionary<string, AloneCounts> _alone = [];
    private readonly Queue<CityNews> _news = new();
    private PulseCounts _counts = new(0, 0, 0, 0);

    /// <summary>Since the city came to life.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public CityPlan City => city;

    /// <summary>The gate whose cable is cut; null: none is.</summary>
    public string? CutOff { get; internal set; }

    /// <summary>The gate whose barrier is stuck; null: none is.</summary>
    public string? Jammed { get; internal set; }

    /// <summary>The last thing that went wrong, for a person to read; null: nothing has.</summary>
    public string? Trouble { get; internal set; }

    /// <summary>Told what has just happened, never on two threads at once.</summary>
    public event Action<CityNews>? Told;

    /// <summary>The last things that happened, the oldest first; at most three.</summary>
    public IReadOnlyList<CityNews> News
    {
        get
        {
            lock (_sync)
            {
                return [.. _news];
            }
        }
    }

    /// <summary>What the gates have decided so far.</summary>
    public PulseCounts Counts
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

    /// <summary>What a gate has decided alone so far.</summary>
    internal AloneCounts AloneAt(string gate)
    {
        lock (_sync)
        {
            return _alone.GetValueOrDefault(gate, new(0, 0));
        }
    }

    /// <summary>Tells what has happened.</summary>
    internal void Tell(BilingualText text)
    {
        // A lock of its own: a terminal that is paused holds up whoever tells, and no gate.
        lock (_telling)
        {
            var news = new CityNews(Elapsed, text);
            lock (_sync)
            {
                _news.Enqueue(news);
                if (_news.Count > MostNews)
                {
                    _news.Dequeue();
                }
            }
            Told?.Invoke(news);
        }
    }

    /// <summary>A gate has decided.</summary>
    /// <param name="gate">Its name.</param>
    /// <param name="text">What it was shown.</param>
    /// <param name="showing">What it made of that.</param>
    internal void Note(string gate, string text, GateShowing showing)
    {
        var opened = showing.Decision == GateDecision.Open ? 1 : 0;
        var signed = text.StartsWith(DeviceCodeFormat.Prefix, StringComparison.Ordinal) ? opened : 0;
        lock (_sync)
        {
            _lastMinute.Enqueue(Elapsed);
            Forget();
            _counts = new(
                _counts.Opened + opened,
                _counts.Refused + 1 - opened,
                _counts.Alone + (showing.IsLocal ? 1 : 0),
                _counts.ByPhone + signed);
            if (showing.IsLocal)
            {
                var before = _alone.GetValueOrDefault(gate, new(0, 0));
                _alone[gate] = new(before.All + 1, before.ByPhone + signed);
            }
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

/// <summary>What the gates have decided.</summary>
/// <param name="Opened">How often they opened.</param>
/// <param name="Refused">How often they refused.</param>
/// <param name="Alone">How many of both they decided without the service.</param>
/// <param name="ByPhone">How often they opened for a code that a phone without a network had signed itself.</param>
public sealed record PulseCounts(long Opened, long Refused, long Alone, long ByPhone);

/// <summary>What one gate has decided without the service.</summary>
/// <param name="All">How often.</param>
/// <param name="ByPhone">How often it opened for a code that a phone without a network had signed itself.</param>
internal sealed record AloneCounts(long All, long ByPhone);

/// <summary>Something that happened in the living city.</summary>
/// <param name="At">When, after it came to life.</param>
/// <param name="Text">What, for a person to read.</param>
public sealed record CityNews(TimeSpan At, BilingualText Text);
