using NodaTime;
using NodaTime.Extensions;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Demo;

/// <summary>
/// What all drivers of a demo share: the lanes, the book of who is inside, the order of events at the small facility, the clock.
/// </summary>
internal sealed class DemoStage : IDisposable
{
    private readonly Dictionary<string, GateLane> _lanes;
    private readonly CodeForger _forger;
    private readonly Duration _codeGrace;
    private readonly TimeProvider _time;
    private readonly IClock _clock;

    /// <param name="plan">The plan.</param>
    /// <param name="lanes">Each gate's lane, by the gate's name. They are disposed with the stage.</param>
    /// <param name="codeGrace">How long after its expiry a code is surely refused.</param>
    /// <param name="seed">Settles whom a forged code pretends to be of.</param>
    /// <param name="time">The clock.</param>
    public DemoStage(DemoPlan plan, Dictionary<string, GateLane> lanes, Duration codeGrace, long seed, TimeProvider time)
    {
        SmallHouse = new SmallHouse(plan);
        _lanes = lanes;
        _forger = new CodeForger(seed);
        _codeGrace = codeGrace;
        _time = time;
        _clock = time.ToClock();
    }

    public SmallHouse SmallHouse { get; }

    public Attendance Attendance { get; } = new();

    /// <summary>A driver holds something up to a gate's reader; the barrier moves as it is told, and the book with it.</summary>
    public Task<TapRecord> TapAsync(Tap tap, CancellationToken cancellationToken) =>
        _lanes[tap.Gate.Id].TapAsync(tap, showing => Book(tap, showing), cancellationToken);

    public Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, _time, cancellationToken);

    /// <summary>Waits until a code is expired by every clock within the service's tolerance.</summary>
    public Task WaitUntilExpiredAsync(Instant expiresAt, CancellationToken cancellationToken)
    {
        var wait = expiresAt + _codeGrace - _clock.GetCurrentInstant();
        return Task.Delay(wait > Duration.Zero ? wait.ToTimeSpan() : TimeSpan.Zero, _time, cancellationToken);
    }

    public string ForgeCode() => _forger.Forge(_clock.GetCurrentInstant());

    /// <summary>How many events all gates have written.</summary>
    public long Events => _lanes.Values.Sum(lane => lane.Events);

    /// <summary>Lets every gate report what it has not yet.</summary>
    /// <returns>The gates that could not, and why.</returns>
    public async Task<IReadOnlyList<string>> ReportAllAsync(CancellationToken cancellationToken)
    {
        var reports = await Task.WhenAll(_lanes.Values.Select(lane => lane.ReportAsync(cancellationToken)));
        return [.. reports.OfType<string>()];
    }

    public void Dispose()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.Dispose();
        }
    }

    private void Book(Tap tap, GateShowing showing)
    {
        if (!showing.IsOpen)
        {
            return;
        }
        if (tap.Gate.Direction == GateDirection.Entry)
        {
            Attendance.Enter(tap.Driver.Number, tap.Plate, tap.Facility.Id);
        }
        else
        {
            Attendance.Leave(tap.Driver.Number, tap.Plate, tap.Facility.Id);
        }
    }
}
