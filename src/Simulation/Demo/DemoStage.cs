using NodaTime;
using NodaTime.Extensions;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Demo;

/// <summary>
/// The state shared by all drivers of a demo: the lanes, the count of vehicles inside, the order of events at the small facility, and the
/// clock.
/// </summary>
internal sealed class DemoStage : IDisposable
{
    private readonly Dictionary<string, GateLane> _lanes;
    private readonly CodeForger _forger;
    private readonly Duration _codeGrace;
    private readonly TimeProvider _time;
    private readonly IClock _clock;

    /// <param name="plan">The plan.</param>
    /// <param name="lanes">The lane of each gate, by the gate's id. They are disposed with the stage.</param>
    /// <param name="codeGrace">How long after its expiry every clock refuses a code.</param>
    /// <param name="seed">Determines the holders named in forged codes.</param>
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

    /// <summary>A driver shows something to a gate's reader. If the barrier opens, the count of vehicles inside changes.</summary>
    public Task<TapRecord> TapAsync(Tap tap, CancellationToken cancellationToken) =>
        _lanes[tap.Gate.Id].TapAsync(tap, showing => Book(tap, showing), cancellationToken);

    public Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, _time, cancellationToken);

    /// <summary>Waits until a code has expired by every clock within the service's tolerance.</summary>
    public Task WaitUntilExpiredAsync(Instant expiresAt, CancellationToken cancellationToken)
    {
        var wait = expiresAt + _codeGrace - _clock.GetCurrentInstant();
        return Task.Delay(wait > Duration.Zero ? wait.ToTimeSpan() : TimeSpan.Zero, _time, cancellationToken);
    }

    public string ForgeCode() => _forger.Forge(_clock.GetCurrentInstant());

    /// <summary>The number of events of all gates.</summary>
    public long Events => _lanes.Values.Sum(lane => lane.Events);

    /// <summary>Sends the unacknowledged events of all gates.</summary>
    /// <returns>The gates that could not send all, and why.</returns>
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
