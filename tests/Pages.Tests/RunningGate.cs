using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.Optics.Programs;
using Parking.Simulation.Clients;

namespace Parking.Pages.Tests;

/// <summary>A gate's own program at work at the shared service, in real time. No vehicle stands before it.</summary>
internal sealed class RunningGate : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;

    private RunningGate(TemporaryFolder folder, HttpClient http, GateMachine machine)
    {
        (_folder, _http, Machine) = (folder, http, machine);
        _work = GateRunner.RunAsync(machine, LiveService.Time, _end.Token);
    }

    public GateMachine Machine { get; }

    public static async Task<RunningGate> StartAsync(LiveService service, string gate)
    {
        var folder = new TemporaryFolder();
        var http = ServiceClient.Create(service.Origin);
        var settings = new GateMachineSettings { Gate = gate, Key = service.Settings.GateKeys[gate], Jitter = () => 0.5 };
        return new(folder, http, await GateMachine.OpenAsync(settings, new DiskFolder(folder.FullPath), http, LiveService.Time));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Machine.Dispose();
        _http.Dispose();
        _end.Dispose();
        _folder.Dispose();
    }
}
