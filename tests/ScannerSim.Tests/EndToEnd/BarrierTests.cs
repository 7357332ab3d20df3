using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;
using Parking.Optics.Programs;
using Parking.Simulation.Clients;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.EndToEnd;

/// <summary>An operator's command on its whole way: the command line, the real service, and a gate that runs.</summary>
public sealed class BarrierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

#pragma warning disable RS0030 // Real processes need real time.
    private static TimeProvider Time => TimeProvider.System;
#pragma warning restore RS0030

    [Fact]
    public async Task Barrier_AtARunningGate_ObeysAndSaysSo()
    {
        var launch = new OwnServiceLaunch(StoreKind.Embedded, new Dictionary<string, string>());
        await using var service = await OwnService.StartAsync(launch, _ => { }, Time, Cancellation);
        using var folder = new TemporaryFolder();
        using var http = ServiceClient.Create(service.BaseAddress);
        var settings = new GateMachineSettings { Gate = "hsp-in-1", Key = service.Settings.GateKeys["hsp-in-1"], Jitter = () => 0.5 };
        using var gate = await GateMachine.OpenAsync(settings, new DiskFolder(folder.FullPath), http, Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = GateRunner.RunAsync(gate, Time, end.Token);

        var (code, lines) = await GiveUntilObeyedAsync("lock", "--seconds", "3600");
        var locked = gate.Position;
        var opened = await GiveUntilObeyedAsync("open-once");
        var position = gate.Position;
        await gate.LeaveAsync();
        var refused = await GiveAsync("lock");

        Assert.Equal((0, BarrierPosition.Locked), (code, locked));
        Assert.EndsWith("queued", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("obeyed", lines[^1], StringComparison.Ordinal);
        Assert.Equal((0, BarrierPosition.Open), (opened.Code, position));
        Assert.Equal(1, refused.Code);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        // A gate does not obey a grant that took two seconds, and a busy machine may take that long. A person gives the command again.
        async Task<(int Code, string[] Lines)> GiveUntilObeyedAsync(string command, params string[] more)
        {
            using var limit = Patience.Start();
            while (true)
            {
                var given = await GiveAsync(command, more);
                var wasQueued = given.Lines[0].EndsWith("queued", StringComparison.Ordinal);
                if (given.Code == 0 || !wasQueued || limit.IsCancellationRequested)
                {
                    return given;
                }
            }
        }

        async Task<(int Code, string[] Lines)> GiveAsync(string command, params string[] more)
        {
            var output = new StringWriter();
            var streams = new System.CommandLine.InvocationConfiguration { Output = output, Error = output };
            var given = await Simulator.RunAsync(
                [
                    "barrier", command, "--gate", "hsp-in-1", "--api", service.BaseAddress.ToString(), "--settings", service.SettingsFile,
                    "--reason", "a test", .. more,
                ],
                streams, Time, Cancellation);
            return (given, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
