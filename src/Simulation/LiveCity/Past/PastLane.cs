using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.Simulation.Cities;
using Parking.Simulation.Replay.Driving;

namespace Parking.Simulation.LiveCity.Past;

/// <summary>
/// A lane of the past hour: a real gate program in virtual time, on the disk on which the lane's gate goes on afterwards. Vehicles come one
/// after the other and pass at once.
/// </summary>
internal sealed class PastLane : IDisposable
{
    /// <summary>In virtual time nobody waits. A busy machine is no reason to decide without the service.</summary>
    private static readonly TimeSpan AnswerBudget = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly HttpClient _http;

    private PastLane(FacilityPlan facility, GatePlan plan, HttpClient http) => (Facility, Plan, _http) = (facility, plan, http);

    public FacilityPlan Facility { get; }

    public GatePlan Plan { get; }

    /// <summary>Whether the arm is stuck.</summary>
    public bool IsJammed { get; private set; }

    private GateMachine Gate { get; set; } = null!;

    /// <summary>Opens a lane that has not met the service yet.</summary>
    /// <param name="facility">The facility.</param>
    /// <param name="plan">The gate.</param>
    /// <param name="settings">How it goes about its work. Its steady clock is virtual, and so is not that of this machine.</param>
    /// <param name="folder">Its disk.</param>
    /// <param name="service">Calls the service; shared by all lanes.</param>
    /// <param name="address">The service's address.</param>
    /// <param name="now">Virtual time.</param>
    public static async Task<PastLane> OpenAsync(
        FacilityPlan facility, GatePlan plan, GateMachineSettings settings, string folder, HttpMessageHandler service, Uri address,
        VirtualTime now)
    {
        var lane = new PastLane(facility, plan, new HttpClient(service, disposeHandler: false) { BaseAddress = address });
        lane.Gate = await GateMachine.OpenAsync(
            settings with { Boot = GateBoots.CreateRandom(), AnswerBudget = AnswerBudget, RetryBarrier = lane.SetFree },
            new DiskFolder(folder, survivesPowerCuts: false),
            lane._http,
            new GateTime(now));
        return lane;
    }

    /// <summary>A driver shows a text; the vehicle passes or turns away.</summary>
    public Task<GateShowing> ShowAsync(string text, CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            var showing = await Gate.ShowAsync(text, cancellationToken)
                ?? throw new InvalidOperationException($"{Plan.Id} is open although its last vehicle has passed.");
            await Gate.LeaveAsync();
            return showing;
        },
        cancellationToken);

    /// <summary>Does the gate's own work that is due.</summary>
    public Task WorkAsync(CancellationToken cancellationToken) => Gate.WorkAsync(cancellationToken);

    /// <summary>The arm is stuck from now on, and the service hears of it.</summary>
    public Task JamAsync(CancellationToken cancellationToken) => TellAsync(
        () =>
        {
            IsJammed = true;
            return Gate.ReportFaultAsync("the arm does not rise");
        },
        cancellationToken);

    /// <summary>Somebody on site sets the arm free.</summary>
    public Task RepairAsync(CancellationToken cancellationToken) => TellAsync(
        () => SetFree() ? Gate.ReportRepairedAsync() : Task.CompletedTask, cancellationToken);

    /// <summary>A second vehicle follows the last one through on one opening.</summary>
    public Task TailgateAsync(CancellationToken cancellationToken) => TellAsync(() => Gate.TailgateAsync(), cancellationToken);

    /// <summary>An operator gives a command to open; the gate obeys it, and somebody drives through.</summary>
    /// <param name="give">Gives the command.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    public Task ObeyAsync(Func<Task> give, CancellationToken cancellationToken) => TellAsync(
        async () =>
        {
            var obeyed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Gate.Obeyed += _ => obeyed.TrySetResult();
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var obeying = Gate.ObeyAsync(ending.Token);
            await give();
            await obeyed.Task.WaitAsync(cancellationToken);
            await ending.CancelAsync();
            await obeying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Gate.LeaveAsync();
        },
        cancellationToken);

    /// <summary>Reports what the gate has not yet.</summary>
    /// <exception cref="InvalidOperationException">The service did not take it.</exception>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        if (!await Gate.DrainAsync(cancellationToken))
        {
            throw new InvalidOperationException(
                $"{Plan.Id}: {Gate.LastSeq - Gate.AcknowledgedThrough} events of the past hour are not acknowledged.");
        }
    }

    public void Dispose()
    {
        Gate.Dispose();
        _http.Dispose();
        _turn.Dispose();
    }

    private Task TellAsync(Func<Task> act, CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            await act();
            await ReportAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    private async Task<T> AloneAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>Whether it was jammed.</returns>
    private bool SetFree()
    {
        var wasJammed = IsJammed;
        IsJammed = false;
        return wasJammed;
    }
}
