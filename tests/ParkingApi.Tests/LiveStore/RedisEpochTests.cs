using Parking.Api.Tests.Infrastructure;
using Parking.Ports;
using Parking.Stores.Redis;

namespace Parking.Api.Tests.LiveStore;

public sealed class RedisEpochTests
{
    [Fact]
    public async Task Epoch_RedisKilledAndStartedUnderAConnection_IsAnotherForThatConnection()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var subject = new RedisUnderTest(server, server.Configuration);
        var before = await subject.Live.EpochAsync();

        await server.KillAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => subject.Live.GlanceAsync([Sample.Facility]));
        await server.StartAsync();

        Assert.NotEqual(before, await RecoveredAsync(subject.Live));
    }

    [Fact]
    public async Task Epoch_AskedByTwoInstances_IsTheSame()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var one = new RedisUnderTest(server, server.Configuration);
        await using var other = new RedisUnderTest(server, server.Configuration);

        Assert.Equal(await one.Live.EpochAsync(), await other.Live.EpochAsync());
    }

    [Fact]
    public void Epoch_OfSeveralPrimaries_DependsOnEachAndNotOnTheirOrder()
    {
        Assert.Equal(RedisEpoch.Of(["a", "b", "c"]), RedisEpoch.Of(["c", "a", "b"]));
        Assert.NotEqual(RedisEpoch.Of(["a", "b", "c"]), RedisEpoch.Of(["a", "b", "d"]));
        Assert.NotEqual(RedisEpoch.Of(["a", "b"]), RedisEpoch.Of(["ab"]));
    }

    private static async Task<string> RecoveredAsync(ILiveStore store)
    {
        using var limit = Patience.Start();
        while (true)
        {
            try
            {
                return await store.EpochAsync();
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
            }
        }
    }
}
