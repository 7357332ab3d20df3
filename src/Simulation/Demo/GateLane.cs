using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.Simulation.Cities;
using Parking.Simulation.Clients;

namespace Parking.Simulation.Demo;

/// <summary>A lane with its gate. Vehicles come one after the other, show a symbol, and pass or turn away.</summary>
internal sealed class GateLane : IDisposable
{
    private static readonly TimeSpan PassingTime = TimeSpan.FromMilliseconds(450);
    private static readonly TimeSpan TurningTime = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(100);

    private const int MostRetries = 50;

    private readonly GatePlan _plan;
    private readonly GateMachine _gate;
    private readonly AnswerLoser _loser;
    private readonly HttpClient _http;
    private readonly GateCamera _camera;
    private readonly DemoBoard _board;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _lane = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _work;

    private GateLane(
        GatePlan plan, GateMachine gate, AnswerLoser loser, HttpClient http, GateCamera camera, DemoBoard board, TimeProvider time)
    {
        (_plan, _gate, _loser, _http, _camera, _board, _time) = (plan, gate, loser, http, camera, board, time);
        _work = GateRunner.RunAsync(gate, time, _closing.Token);
    }

    /// <summary>The number of events the gate has written.</summary>
    public long Events => _gate.LastSeq;

    /// <summary>Opens a lane. Its gate has connected to the service and has the feed for offline decisions.</summary>
    /// <param name="plan">The gate.</param>
    /// <param name="settings">The gate's settings.</param>
    /// <param name="folder">The gate's disk.</param>
    /// <param name="service">The service's address.</param>
    /// <param name="camera">The gate's reader.</param>
    /// <param name="board">Shows the gate's state.</param>
    /// <param name="time">The gate's clock.</param>
    /// <param name="cancellationToken">Cancels the wait for the service.</param>
    public static async Task<GateLane> OpenAsync(
        GatePlan plan, GateMachineSettings settings, string folder, Uri service, GateCamera camera, DemoBoard board, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var loser = new AnswerLoser(ServiceClient.CreateHandler(service));
        var http = new HttpClient(loser) { BaseAddress = service };
        var gate = await GateMachine.OpenAsync(settings, new DiskFolder(folder), http, time);
        await gate.WorkAsync(cancellationToken);
        return new GateLane(plan, gate, loser, http, camera, board, time);
    }

    /// <summary>A driver queues at the gate and shows a symbol.</summary>
    /// <param name="tap">What is shown.</param>
    /// <param name="onDecided">Called with the gate's result before the vehicle moves.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<TapRecord> TapAsync(Tap tap, Action<GateShowing> onDecided, CancellationToken cancellationToken)
    {
        await _lane.WaitAsync(cancellationToken);
        try
        {
            var shot = await _camera.ReadAsync(tap, cancellationToken);
            var record = new TapRecord { Tap = tap, Frames = shot.Frames, Read = shot.ReadTime };
            if (shot.Text != shot.Shown)
            {
                return Conclude(record with
                {
                    Fault = shot.Text is null ? $"no frame of {shot.Frames} could be read" : "the reader read another text than was drawn",
                });
            }
            _loser.LosesNext = tap.LosesAnswer;
            var asking = _gate.ShowAsync(shot.Text, cancellationToken);
            _board.Show(_plan.Id, _gate);
            var showing = await asking;
            while (showing is null)
            {
                // An operator has opened the barrier, and let somebody through.
                await _gate.LeaveAsync();
                showing = await _gate.ShowAsync(shot.Text, cancellationToken);
            }
            onDecided(showing);
            record = Conclude(record with { Showing = showing });
            await Task.Delay(showing.IsOpen ? PassingTime : TurningTime, _time, cancellationToken);
            await _gate.LeaveAsync();
            if (showing.IsLocal)
            {
                // The gate must be online again before the next driver comes.
                await ReportAsync(cancellationToken);
            }
            return record;
        }
        finally
        {
            _board.Show(_plan.Id, _gate);
            _lane.Release();
        }
    }

    /// <summary>Sends the gate's unacknowledged events.</summary>
    /// <returns>What could not be sent; null if everything was acknowledged.</returns>
    public async Task<string?> ReportAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; !await _gate.DrainAsync(cancellationToken); attempt++)
        {
            if (attempt == MostRetries)
            {
                return $"{_plan.Id}: {_gate.LastSeq - _gate.AcknowledgedThrough} events are not acknowledged";
            }
            await Task.Delay(RetryEvery, _time, cancellationToken);
        }
        return null;
    }

    public void Dispose()
    {
        // Work in progress ends by itself. A gate that is killed in the middle of its work must recover anyway.
        _closing.Cancel();
        _ = _work.ContinueWith(done => _ = done.Exception, TaskScheduler.Default);
        _gate.Dispose();
        _http.Dispose();
        _closing.Dispose();
        _lane.Dispose();
    }

    private TapRecord Conclude(TapRecord record)
    {
        _board.Add(record);
        _board.Show(_plan.Id, _gate);
        return record;
    }
}
