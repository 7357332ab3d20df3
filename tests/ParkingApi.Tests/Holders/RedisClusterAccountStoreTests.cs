using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Holders;

/// <summary>The same cases on three primaries: a citizen and the vehicle account of their holder lie in different slots.</summary>
public sealed class RedisClusterAccountStoreTests(RedisClusterLiveStoreTests.SharedCluster shared)
    : AccountStoreContract, IClassFixture<RedisClusterLiveStoreTests.SharedCluster>
{
    private protected override async Task<IStoreUnderTest> CreateAsync() => await RedisUnderTest.CreateAsync(await shared.GetAsync());
}
