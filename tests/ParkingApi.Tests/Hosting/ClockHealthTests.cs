using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.Api.Hosting.Health;
using Parking.Api.Tests.Infrastructure;
using Parking.Ports;
using Parking.Stores.Redis;

namespace Parking.Api.Tests.Hosting;

public sealed class ClockHealthTests(SharedRedisServer server)
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 4, 8, 30, 15, TimeSpan.Zero));

    [Theory]
    [InlineData(0, 0, HealthStatus.Healthy)]
    [InlineData(999, 0, HealthStatus.Healthy)]
    [InlineData(-999, 0, HealthStatus.Healthy)]
    [InlineData(1000, 0, HealthStatus.Unhealthy)]
    [InlineData(-1000, 0, HealthStatus.Unhealthy)]
    [InlineData(3_600_000, 0, HealthStatus.Unhealthy)]
    [InlineData(2500, 2000, HealthStatus.Healthy)]
    public async Task Clock_AwayFromTheStores_IsHealthyWithinASecondAndTheTimeOfAsking(
        int milliseconds, int asking, HealthStatus expected)
    {
        var store = new StoreClock(() =>
        {
            var told = Now + Duration.FromMilliseconds(milliseconds);
            _time.Advance(TimeSpan.FromMilliseconds(asking));
            return told;
        });

        Assert.Equal(expected, await CheckAsync(store));
    }

    [Fact]
    public async Task Store_WithoutAClock_IsHealthy() => Assert.Equal(HealthStatus.Healthy, await CheckAsync(new StoreClock(() => null)));

    [Fact]
    public async Task Simulation_IsNotCompared() => Assert.Equal(
        HealthStatus.Healthy, await CheckAsync(new StoreClock(() => Now + Duration.FromDays(1)), "Simulation"));

    [Fact]
    public async Task Store_OutOfReach_IsUnhealthy() => Assert.Equal(
        HealthStatus.Unhealthy, await CheckAsync(new StoreClock(() => throw new StoreUnavailableException("gone"))));

    [Fact]
    public async Task ClockOfRedis_GoesOn()
    {
        var options = new RedisOptions { Configuration = (await server.GetAsync()).TakeDatabase() };
        await using var connection = new RedisConnection(Options.Create(options), _time);
        var clock = new RedisStoreClock(connection);

        var (first, second) = (await clock.ReadAsync(), await clock.ReadAsync());

        Assert.True(first > Instant.FromUtc(2026, 1, 1, 0, 0) && second > first);
    }

    private Instant Now => _time.GetUtcNow().ToInstant();

    private async Task<HealthStatus> CheckAsync(IStoreClock store, string environment = "Production") =>
        (await new ClockHealth(new(store, _time.ToClock(), new HostingEnvironment { EnvironmentName = environment })).CheckHealthAsync(
            new(), TestContext.Current.CancellationToken)).Status;

    private sealed class StoreClock(Func<Instant?> read) : IStoreClock
    {
        public Task<Instant?> ReadAsync()
        {
            try
            {
                return Task.FromResult(read());
            }
            catch (StoreUnavailableException e)
            {
                return Task.FromException<Instant?>(e);
            }
        }
    }
}
