using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.LiveStore;

/// <summary>The same cases on three primaries: every step stays within one slot, and what reads everything asks all of them.</summary>
public sealed class RedisClusterLiveStoreTests(RedisClusterLiveStoreTests.SharedCluster shared)
    : LiveStoreContract, IClassFixture<RedisClusterLiveStoreTests.SharedCluster>
{
    private protected override async Task<IStoreUnderTest> CreateAsync() => await RedisUnderTest.CreateAsync(await shared.GetAsync());

    public sealed class SharedCluster : IAsyncDisposable
    {
        private RedisCluster? _cluster;

        public async Task<RedisCluster> GetAsync() => _cluster ??= await RedisCluster.StartNewAsync();

        public async ValueTask DisposeAsync() => await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
