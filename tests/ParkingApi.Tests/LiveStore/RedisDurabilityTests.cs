using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Parking.Api.Tests.Infrastructure;
using Parking.Ports;
using Parking.Stores.Redis;

namespace Parking.Api.Tests.LiveStore;

/// <summary>The service does not work on a Redis that may lose what it answered, and says what to set.</summary>
public sealed class RedisDurabilityTests
{
    [Theory]
    [InlineData("appendonly yes", "--appendonly", "no")]
    [InlineData("appendfsync always", "--appendfsync", "everysec")]
    [InlineData("maxmemory-policy noeviction", "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")]
    public async Task Probe_ServerThatWouldForget_SaysWhatToSet(string remedy, params string[] settings)
    {
        await using var server = await RedisServer.StartNewAsync(settings);
        await using var connection = Connect(server, allowVolatile: false);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(connection.ProbeAsync);

        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_ServerThatWouldForgetInATest_IsAllowed()
    {
        await using var server = await RedisServer.StartNewAsync("--appendonly", "no");
        await using var connection = Connect(server, allowVolatile: true);

        await connection.ProbeAsync();
    }

    [Fact]
    public async Task Probe_ServerThatKeepsEverything_IsFine()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var connection = Connect(server, allowVolatile: false);

        await connection.ProbeAsync();
    }

    private static RedisConnection Connect(RedisServer server, bool allowVolatile) =>
        new(
            Options.Create(new RedisOptions { Configuration = server.Configuration, AllowVolatile = allowVolatile }),
            new FakeTimeProvider());
}
