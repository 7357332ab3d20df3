using NodaTime;
using Parking.Optics.Programs;
using Parking.Simulation.Clients;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.Service;

/// <summary>Starts the real service as a simulation in a separate process.</summary>
public sealed class SimulatedServiceTests : IAsyncDisposable
{
    private static readonly Instant Start = Instant.FromUtc(2016, 2, 1, 8, 0);

    private readonly Stack<IAsyncDisposable> _processes = new();
    private readonly List<TemporaryFolder> _folders = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        while (_processes.TryPop(out var process))
        {
            await process.DisposeAsync();
        }
        _folders.ForEach(folder => folder.Dispose());
    }

    [Fact]
    public async Task Clock_IsWhereItWasMovedTo_AlsoAfterAKillAndARestart()
    {
        var service = await StartAsync(new Dictionary<string, string>());
        using var http = ServiceClient.Create(service.BaseAddress);
        var keys = await http.GetStringAsync(".well-known/jwks.json", Cancellation);
        var moved = Start + Duration.FromHours(1);

        Assert.Equal(Start, await service.Clock.ReadAsync(Cancellation));
        Assert.Equal(moved, await service.Clock.AdvanceAsync(moved, Cancellation));
        Assert.Equal(moved, await service.Clock.SettleAsync(Cancellation));
        var error = await Assert.ThrowsAsync<ServiceRefusedException>(() => service.Clock.AdvanceAsync(Start, Cancellation));
        Assert.Contains("It is 2016-02-01T09:00:00Z, and 2016-02-01T08:00:00Z was asked for", error.Message, StringComparison.Ordinal);

        await service.KillAsync();
        await service.RestartAsync(Cancellation);

        Assert.Equal(moved, await service.Clock.ReadAsync(Cancellation));
        Assert.Equal(keys, await http.GetStringAsync(".well-known/jwks.json", Cancellation));
    }

    [Fact]
    public async Task Restart_WithItsRedisDown_IsUpBeforeIt()
    {
        var found = await PrivateRedis.FindAsync(Cancellation);
        Assert.SkipUnless(
            found is { Version.Major: >= PrivateRedis.LeastMajorVersion },
            "There is no redis-server 7 or newer on the PATH.");
        var redis = await PrivateRedis.StartAsync(found.Value.Path, Folder(), TimeProvider, Cancellation);
        _processes.Push(redis);
        var service = await StartAsync(new Dictionary<string, string> { ["Redis:Configuration"] = redis.Configuration });

        await redis.KillAsync();
        await service.KillAsync();
        await service.RestartAsync(Cancellation);
        Assert.Equal(Start, await service.Clock.ReadAsync(Cancellation));
        await redis.RestartAsync(Cancellation);

        Assert.Equal(Start, await service.Clock.SettleAsync(Cancellation));
    }

    private async Task<SimulatedService> StartAsync(Dictionary<string, string> configuration)
    {
        var service = await SimulatedService.StartAsync(Folder(), Start, configuration, TimeProvider, Cancellation);
        _processes.Push(service);
        return service;
    }

    private string Folder()
    {
        var folder = new TemporaryFolder();
        _folders.Add(folder);
        return folder.FullPath;
    }

#pragma warning disable RS0030 // Real processes need real time.
    private static TimeProvider TimeProvider => TimeProvider.System;
#pragma warning restore RS0030
}
