using Parking.Api.Tests.Infrastructure;
using Parking.Ports;
using Parking.Stores.Redis;
using StackExchange.Redis;

namespace Parking.Api.Tests.LiveStore;

/// <summary>The life of a Redis that several instances use.</summary>
public sealed class RedisLifeTests(SharedRedisServer shared)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Life_RedisKilledAndStartedUnderAConnection_IsAnotherForThatConnection()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var subject = new RedisUnderTest(server, server.Configuration);
        var before = await subject.Live.LifeAsync();

        await server.KillAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => subject.Live.GlanceAsync([Sample.Facility]));
        await server.StartAsync();

        Assert.NotEqual(before.Epoch, (await RecoveredAsync(subject.Live)).Epoch);
    }

    [Fact]
    public async Task Life_NoticedByManyInstancesAtOnce_IsTheSameForAll()
    {
        var server = await shared.GetAsync();
        var database = server.TakeDatabase();
        var instances = Enumerable.Range(0, 8).Select(_ => new RedisUnderTest(null, database)).ToList();
        var first = await LivesAsync();

        await instances[0].EmptyAsync();
        var second = await LivesAsync();

        Assert.Single(first);
        Assert.Equal([first[0], second[0]], (await instances[3].Live.LifeAsync()).Epochs.Select(epoch => epoch.Name));
        Assert.Single(second);
        Assert.All(instances, async instance => await instance.DisposeAsync());

        async Task<IReadOnlyList<string>> LivesAsync()
        {
            await Task.WhenAll(instances.Select(instance => instance.Live.ProbeAsync(Cancelled)));
            await Task.WhenAll(instances.Select(instance => instance.Live.ProbeAsync(Cancelled)));
            var lives = await Task.WhenAll(instances.Select(instance => instance.Live.LifeAsync()));
            return [.. lives.Select(life => life.Epoch).Distinct()];
        }
    }

    [Fact]
    public async Task Life_OnlyItsRecordIsLost_GoesOnWithItsHistory()
    {
        await using var subject = new RedisUnderTest(null, await shared.TakeDatabaseAsync());
        var before = await subject.Live.LifeAsync();

        await subject.Connection.RunAsync(db => db.KeyDeleteAsync(StoreKeys.About));
        await subject.Live.ProbeAsync(Cancelled);

        await using var other = new RedisUnderTest(null, subject.Configuration);
        Assert.Equal(before.Epochs, (await other.Live.LifeAsync()).Epochs);
    }

    [Fact]
    public async Task Life_OneShardOfAClusterIsEmptied_IsAnother_AndAsksForEverything()
    {
        await using var cluster = await RedisCluster.StartNewAsync();
        await using var subject = new RedisUnderTest(cluster, cluster.Configuration);
        var epochs = new List<string> { (await subject.Live.LifeAsync()).Epoch };

        for (var shard = 0; shard < 3; shard++)
        {
            await cluster.ClearAsync(shard);
            await subject.Live.ProbeAsync(Cancelled);
            await subject.Live.ProbeAsync(Cancelled);
            var life = await subject.Live.LifeAsync();

            Assert.Equal(StoreEpoch.Everything, life.ResendFrom(epochs[^1]));
            epochs.Add(life.Epoch);
            Assert.Equal(epochs, life.Epochs.Select(epoch => epoch.Name));
        }
    }

    private static async Task<StoreLife> RecoveredAsync(ILiveStore store)
    {
        using var limit = Patience.Start();
        while (true)
        {
            try
            {
                return await store.LifeAsync();
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
            }
        }
    }
}
