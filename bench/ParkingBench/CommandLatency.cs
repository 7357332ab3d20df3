using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;
using Parking.Optics.Programs;
using Parking.Simulation.Clients;
using Parking.Simulation.Load;
using Parking.Simulation.Operators;
using Parking.Simulation.Service;
using ServiceStore = Parking.Simulation.Service.StoreKind;

namespace Parking.Bench;

/// <summary>
/// How long a command takes from the operator's request to the moment in which the gate moves its barrier: over HTTP on loopback, with a
/// service, a store and a gate's disk that keep what they are given.
/// </summary>
internal static class CommandLatency
{
    private const int Commands = 200;
    private const string Gate = "hsp-out-1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15), Pause = TimeSpan.FromMilliseconds(120);

    /// <param name="args"><c>redis</c> or <c>embedded</c>; both if there are none.</param>
    /// <param name="time">The machine's time.</param>
    public static async Task RunAsync(string[] args, TimeProvider time)
    {
        foreach (var store in new[] { ServiceStore.Embedded, ServiceStore.Redis })
        {
            if (args.Length == 0 || args.Contains(store.ToString(), StringComparer.OrdinalIgnoreCase))
            {
                var taken = await MeasureAsync(store, time);
                Console.WriteLine(FormattableString.Invariant(
                    $"{store}: request to barrier, ms: p50 {taken.P50:0}, p99 {taken.P99:0}, max {taken.Max:0} ({taken.Count})"));
            }
        }
    }

    private static async Task<LoadTimes> MeasureAsync(ServiceStore store, TimeProvider time)
    {
        var launch = new OwnServiceLaunch(store, new Dictionary<string, string>());
        await using var service = await OwnService.StartAsync(launch, _ => { }, time, CancellationToken.None);
        using var folder = new TemporaryFolder();
        using var http = ServiceClient.Create(service.BaseAddress);
        var settings = new GateMachineSettings { Gate = Gate, Key = service.Settings.GateKeys[Gate], Jitter = () => 0.5 };
        using var gate = await GateMachine.OpenAsync(settings, new DiskFolder(folder.FullPath), http, time);
        var moved = new TaskCompletionSource<long>();
        gate.Obeyed += _ => moved.TrySetResult(time.GetTimestamp());
        using var end = new CancellationTokenSource();
        var running = GateRunner.RunAsync(gate, time, end.Token);
        var person = new BarrierOperator(http, service.Settings, time);

        var taken = new List<TimeSpan>();
        for (var n = 0; n < Commands; n++)
        {
            moved = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            var started = time.GetTimestamp();
            var order = new BarrierOrder(BarrierCommand.OpenOnce, "measured", Stay: null, Seconds: null);
            var giving = person.GiveAsync(Gate, order, _ => { }, CancellationToken.None);
            taken.Add(time.GetElapsedTime(started, await moved.Task.WaitAsync(Patience, time)));
            await gate.LeaveAsync();
            await giving;
            await Task.Delay(Pause, time);
        }

        await end.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // The first commands find neither side warm.
        return LoadTimes.Of(taken[(Commands / 10)..])!;
    }
}
