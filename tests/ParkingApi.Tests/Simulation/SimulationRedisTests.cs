using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Parking.Api.Tests.Infrastructure;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Stores.Redis;
using StackExchange.Redis;

namespace Parking.Api.Tests.Simulation;

/// <summary>Whose data a Redis has is found before anything is read from it or written to it.</summary>
public sealed class SimulationRedisTests(SharedRedisServer shared)
{
    private const string SomeKey = "{p:1}:t:8000000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Simulation_InAnEmptyDatabase_MarksItAndFindsItsMarkAgain()
    {
        var server = await shared.GetAsync();
        var database = server.TakeDatabase();

        Assert.True(await SeesAsync(database, StoreKeys.Simulation, isSimulation: true));
        await using var first = Connect(database, isSimulation: true);
        await first.RunAsync(db => db.StringSetAsync(SomeKey, "x"));

        Assert.True(await SeesAsync(database, SomeKey, isSimulation: true));
    }

    [Fact]
    public async Task Simulation_InADatabaseWithData_IsRefusedAndLeavesItAlone()
    {
        var server = await shared.GetAsync();
        var database = server.TakeDatabase();
        await using var other = Connect(database, isSimulation: false);
        await other.RunAsync(db => db.StringSetAsync(SomeKey, "x"));

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => SeesAsync(database, SomeKey, isSimulation: true));

        Assert.Contains("that is no simulation's. Name an empty database in Redis:Configuration", error.Message, StringComparison.Ordinal);
        Assert.False(await other.RunAsync(db => db.KeyExistsAsync(StoreKeys.Simulation)));
    }

    [Fact]
    public async Task AnyOther_InASimulationsDatabase_IsRefused()
    {
        var server = await shared.GetAsync();
        var database = server.TakeDatabase();
        await SeesAsync(database, SomeKey, isSimulation: true);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => SeesAsync(database, SomeKey, isSimulation: false));

        Assert.Contains("has a simulation's data in database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_OnASimulationsRedis_IsNotReady()
    {
        var server = await shared.GetAsync();
        var database = server.TakeDatabase();
        using var simulation = SimulatedTime.Begin(("Redis:Configuration", database));
        Assert.Equal(ScanReason.Entered, (await simulation.DriveAsync("hsp-in-1", "alice", 1)).Reason);
        using var app = new ParkingApplication(("Redis:Configuration", database));
        using var anybody = app.AnonymousClient();

        using var ready = await anybody.GetAsync("/health/ready", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains(app.Log.Lines, line => line.Contains("has a simulation's data", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cluster_WithDataOnAnyPrimary_IsNoSimulations()
    {
        await using var cluster = await RedisCluster.StartNewAsync();
        Assert.True(await SeesAsync(cluster.Configuration, StoreKeys.Simulation, isSimulation: true));
        await cluster.ClearAsync();
        await using var other = Connect(cluster.Configuration, isSimulation: false);
        foreach (var key in new[] { "{p:0}:out", "{p:1}:out", "{p:2}:out", "{p:3}:out" })
        {
            await other.RunAsync(db => db.StringSetAsync(key, "x"));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => SeesAsync(cluster.Configuration, key, isSimulation: true));
            await other.RunAsync(db => db.KeyDeleteAsync(key));
        }
    }

    private static async Task<bool> SeesAsync(string configuration, RedisKey key, bool isSimulation)
    {
        await using var connection = Connect(configuration, isSimulation);
        return await connection.RunAsync(db => db.KeyExistsAsync(key));
    }

    private static RedisConnection Connect(string configuration, bool isSimulation) =>
        new(Options.Create(new RedisOptions { Configuration = configuration }), new FakeTimeProvider(), isSimulation);
}
