using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.Simulation.Cities;
using Parking.Simulation.Clients;

namespace Parking.Simulation.LiveCity;

/// <summary>
/// A lane of the living city: vehicles come to its gate one after the other, and pass or turn away by themselves. Its cable can be cut, and
/// its program stopped and started again on the journal that it had.
/// </summary>
internal sealed class LiveLane : IAsyncDisposable
{
    private static readonly TimeSpan TurningTime = TimeSpan.FromMilliseconds(700), RetryEvery = TimeSpan.FromMilliseconds(100);

    private const int MostRetries = 50;

    private readonly GateMachineSettings _settings;
    private readonly string _folder;
    private readonly Cable _cable;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly RunningTasks _tasks = new();
    private readonly LaneQueue _queue = new();
    private GateMachine _gate = null!;
    private CancellationTokenSource _stopping = null!;
    private Task _work = Task.CompletedTask;

    private LiveLane(
        FacilityPlan facility, GatePlan plan, GateMachineSettings settings, string folder, Uri service, TimeProvider time)
    {
        (Facility, Plan, _folder, _time) = (facility, plan, folder, time);
        _settings = settings with { RetryBarrier = SetFree };
        _cable = new Cable(ServiceClient.CreateHandler(service));
        _http = new HttpClient(_cable) { BaseAddress = service };
    }

    public FacilityPlan Facility { get; }

    public GatePlan Plan { get; }

    /// <summary>Whether the cable is cut: the gate decides alone, and the service does not hear of it.</summary>
    public bool IsCut { get => _cable.IsCut; set => _cable.IsCut = value; }

    /// <summary>Whether the barrier is jammed: it stays shut until somebody sets it free, there or from afar.</summary>
    public bool IsJammed { get; private set; }

    /// <summary>Ends with an exception if the gate's disk fails; never ends well.</summary>
    public Task Failure => _tasks.Failure;

    /// <summary>The number of the gate's last event.</summary>
    public long LastSeq => _gate.LastSeq;

    /// <summary>Up to which number the service has all events of the gate.</summary>
    public long AcknowledgedThrough => _gate.AcknowledgedThrough;

    /// <summary>How long after its expiry a code is still good here.</summary>
    public TimeSpan CodeSkew => TimeSpan.FromSeconds(_gate.Feed?.SkewSeconds ?? 0);

    /// <summary>Opens a lane whose gate has met the service and knows how to decide alone.</summary>
    /// <param name="facility">The facility.</param>
    /// <param name="plan">The gate.</param>
    /// <param name="settings">How it goes about its work.</param>
    /// <param name="folder">Its disk.</param>
    /// <param name="service">The service's address.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="cancellationToken">Ends the wait for the service.</param>
    public static async Task<LiveLane> OpenAsync(
        FacilityPlan facility, GatePlan plan, GateMachineSettings settings, string folder, Uri service, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var lane = new LiveLane(facility, plan, settings, folder, service, time);
        await lane.StartProgramAsync();
        await lane._gate.WorkAsync(cancellationToken);
        return lane;
    }

    /// <summary>A driver comes to the gate, waits for those before, and shows something.</summary>
    /// <param name="read">What the reader reads once the vehicle stands there; null: nothing, and the vehicle turns away.</param>
    /// <param name="goesFirst">Whether it goes before the others who wait.</param>
    /// <param name="passing">How long the vehicle takes through an open barrier.</param>
    /// <param name="cancellationToken">Ends the waiting and the reading; a code that was read is decided.</param>
    /// <returns>What the gate made of it, as soon as it is decided; null where nothing was read.</returns>
    public async Task<GateShowing?> ShowAsync(
        Func<CancellationToken, Task<string?>> read, bool goesFirst, TimeSpan passing, CancellationToken cancellationToken)
    {
        await _queue.EnterAsync(goesFirst, cancellationToken);
        GateShowing showing;
        try
        {
            if (await read(cancellationToken) is not { } text)
            {
                _queue.Leave();
                return null;
            }
            showing = await ShowAsync(text);
        }
        catch
        {
            _queue.Leave();
            throw;
        }
        _tasks.Start(() => MoveOnAsync(showing.IsOpen, passing));
        return showing;
    }

    /// <summary>The lane is this vehicle's alone. If a command opened it meanwhile, somebody went through before.</summary>
    private async Task<GateShowing> ShowAsync(string text)
    {
        while (true)
        {
            if (await _gate.ShowAsync(text, CancellationToken.None) is { } showing)
            {
                return showing;
            }
            await _gate.LeaveAsync();
        }
    }

    /// <summary>The gate's program is ended between two vehicles, and started again.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => InLaneAsync(
        async () =>
        {
            await StopProgramAsync();
            await StartProgramAsync();
        },
        cancellationToken);

    /// <summary>The arm is stuck from now on, once no vehicle stands before it.</summary>
    public Task JamAsync(CancellationToken cancellationToken) => InLaneAsync(
        () =>
        {
            IsJammed = true;
            return _gate.ReportFaultAsync("the arm does not rise");
        },
        cancellationToken);

    /// <summary>Somebody on site sets the arm free, unless it is by now.</summary>
    public Task RepairAsync(CancellationToken cancellationToken) => InLaneAsync(
        () => SetFree() ? _gate.ReportRepairedAsync() : Task.CompletedTask, cancellationToken);

    /// <summary>A second vehicle follows the last one through on one opening.</summary>
    public Task TailgateAsync(CancellationToken cancellationToken) => InLaneAsync(() => _gate.TailgateAsync(), cancellationToken);

    /// <summary>Reports what the gate has not yet, once no vehicle stands before it.</summary>
    /// <returns>What could not be reported; null if nothing is left.</returns>
    public async Task<string?> ReportAsync(CancellationToken cancellationToken)
    {
        await _queue.EnterAsync(goesFirst: true, cancellationToken);
        try
        {
            for (var attempt = 1; !await _gate.DrainAsync(cancellationToken); attempt++)
            {
                if (attempt == MostRetries)
                {
                    return $"{Plan.Id}: {_gate.LastSeq - _gate.AcknowledgedThrough} events are not acknowledged";
                }
                await Task.Delay(RetryEvery, _time, cancellationToken);
            }
            return null;
        }
        finally
        {
            _queue.Leave();
        }
    }

    /// <summary>Ends the program once no vehicle stands before the gate.</summary>
    public async ValueTask DisposeAsync()
    {
        await _queue.EnterAsync(goesFirst: true, CancellationToken.None);
        await StopProgramAsync();
        _http.Dispose();
    }

    private async Task MoveOnAsync(bool isOpen, TimeSpan passing)
    {
        try
        {
            await Task.Delay(isOpen ? passing : TurningTime, _time, CancellationToken.None);
            await _gate.LeaveAsync();
        }
        finally
        {
            _queue.Leave();
        }
    }

    /// <summary>An operator opened the barrier: if no vehicle of the queue uses that, another one does.</summary>
    private async Task LetThroughAsync()
    {
        await _queue.EnterAsync(goesFirst: true, CancellationToken.None);
        try
        {
            if (_gate.IsOpen)
            {
                await Task.Delay(TurningTime, _time, CancellationToken.None);
                await _gate.LeaveAsync();
            }
        }
        finally
        {
            _queue.Leave();
        }
    }

    /// <summary>Does something between two vehicles.</summary>
    private async Task InLaneAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        await _queue.EnterAsync(goesFirst: true, cancellationToken);
        try
        {
            await act();
        }
        finally
        {
            _queue.Leave();
        }
    }

    /// <returns>Whether it was jammed.</returns>
    private bool SetFree()
    {
        var wasJammed = IsJammed;
        IsJammed = false;
        return wasJammed;
    }

    private async Task StartProgramAsync()
    {
        _gate = await GateMachine.OpenAsync(_settings, new DiskFolder(_folder), _http, _time);
        _gate.Obeyed += _ => _tasks.Start(LetThroughAsync);
        _stopping = new CancellationTokenSource();
        var (gate, stop) = (_gate, _stopping.Token);
        _work = _tasks.RunAsync(() => GateRunner.RunAsync(gate, _time, stop));
    }

    private async Task StopProgramAsync()
    {
        await _stopping.CancelAsync();
        await _work;
        _stopping.Dispose();
        _gate.Dispose();
    }
}
