using NodaTime.Extensions;
using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;
using Parking.Optics.Programs;
using Parking.Simulation.Clients;
using Parking.Simulation.Phones;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Tests.EndToEnd;

/// <summary>
/// The store of the real service is emptied under it, while real gates run. They bring back what was in it, and nobody else does anything.
/// </summary>
public sealed class EmptiedStoreTests : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Configuration = new() { ["Gates:HeartbeatEvery"] = "00:00:01" };

    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _redisData = new();
    private readonly TemporaryFolder _gates = new();
    private readonly Stack<IAsyncDisposable> _processes = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_data.FullPath, "parking.db");

    public async ValueTask DisposeAsync()
    {
        while (_processes.TryPop(out var process))
        {
            await process.DisposeAsync();
        }
        foreach (var folder in new[] { _data, _redisData, _gates })
        {
            folder.Dispose();
        }
    }

    [Fact]
    public async Task Redis_EmptiedUnderTheService_HasTheStaysAgainSoon()
    {
        var found = await PrivateRedis.FindAsync(Cancellation);
        Assert.SkipUnless(
            found is { Version.Major: >= PrivateRedis.LeastMajorVersion }, "There is no redis-server 7 or newer on the PATH.");
        var redis = await PrivateRedis.StartAsync(found.Value.Path, _redisData.FullPath, Time, Cancellation);
        _processes.Push(redis);

        await ComesBackAsync(
            new(Configuration) { ["Redis:Configuration"] = redis.Configuration },
            (_, _) => redis.EmptyAsync(Cancellation));
    }

    [Fact]
    public Task EmbeddedFile_DeletedUnderTheService_HasTheStaysAgainAfterARestart() => ComesBackAsync(
        Configuration, async (service, launch) =>
        {
            foreach (var file in Directory.GetFiles(_data.FullPath, "parking.db*"))
            {
                File.Delete(file);
            }
            using var http = ServiceClient.Create(service.BaseAddress);
            await UntilAsync(async () => !(await http.GetAsync("/health/ready", Cancellation)).IsSuccessStatusCode);
            Assert.False(File.Exists(Database));

            await service.DisposeAsync();
            _processes.Push(await ServiceProcess.StartAsync(launch, Time, Cancellation));
        });

    private async Task ComesBackAsync(Dictionary<string, string> configuration, Func<ServiceProcess, ServiceLaunch, Task> emptyAsync)
    {
        var launch = new ServiceLaunch(_data.FullPath, configuration) { Address = new($"http://127.0.0.1:{LoopbackPort.FindFree()}") };
        var service = await ServiceProcess.StartAsync(launch, Time, Cancellation);
        _processes.Push(service);
        var settings = SettingsFile.Load(Path.Combine(_data.FullPath, "development.json"));
        using var http = ServiceClient.Create(service.BaseAddress);
        var people = new Identities(settings, "emptied", Time.ToClock());
        var (parked, gone) = (Phone(0), Phone(1));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var entry = await OpenAsync("hsp-in-1", GateDirection.Entry);
        using var exit = await OpenAsync("hsp-out-1", GateDirection.Exit);
        Task[] running = [GateRunner.RunAsync(entry, Time, end.Token), GateRunner.RunAsync(exit, Time, end.Token)];

        Assert.Equal(ScanReason.Entered, await DriveAsync(entry, parked));
        Assert.Equal(ScanReason.Entered, await DriveAsync(entry, gone));
        Assert.Equal(ScanReason.Exited, await DriveAsync(exit, gone));
        await UntilAsync(() => Task.FromResult(entry.AcknowledgedThrough == entry.LastSeq && exit.AcknowledgedThrough == exit.LastSeq));
        var before = await StaysAsync();

        await emptyAsync(service, launch);

        await UntilAsync(async () => await StaysAsync() == before && await OccupiedAsync() == 1);
        await UntilAsync(() => Task.FromResult(entry.AcknowledgedThrough == entry.LastSeq && exit.AcknowledgedThrough == exit.LastSeq));
        Assert.Equal(ScanReason.Exited, await DriveAsync(exit, parked));
        Assert.Equal(0, await OccupiedAsync());
        await end.CancelAsync();
        await Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default);

        CitizenPhone Phone(int number) => new(http, $"driver {number}", people.CitizenToken(number), Time);

        Task<GateMachine> OpenAsync(string gate, GateDirection direction) => GateMachine.OpenAsync(
            new() { Gate = gate, Key = settings.GateKeys[gate], Direction = direction, Jitter = () => 0.5, AnswerBudget = Patience.Limit },
            new DiskFolder(Path.Combine(_gates.FullPath, gate)), http, Time);

        async Task<string> StaysAsync()
        {
            var lists = await Task.WhenAll(parked.GetStaysAsync(Cancellation), gone.GetStaysAsync(Cancellation));
            return string.Join('\n', lists.SelectMany(list => list.Open.Concat(list.Recent)).Select(stay => $"{stay.Id} {stay.Ending}"));
        }

        async Task<int?> OccupiedAsync() => (await new PublicBoard(http, Time).GetFacilitiesAsync(Cancellation))
            .Single(facility => facility.Id == "hsp").Occupancy?.Occupied;
    }

    private static async Task<ScanReason> DriveAsync(GateMachine gate, CitizenPhone phone)
    {
        var showing = await gate.ShowAsync((await phone.FetchAsync(null, Cancellation)).Code, Cancellation);
        await gate.MoveAsync(VehicleMove.Passed);
        return showing!.Reason;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = Patience.Start();
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

#pragma warning disable RS0030 // Real processes need real time.
    private static TimeProvider Time => TimeProvider.System;
#pragma warning restore RS0030
}
