using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Commands;

public sealed class SqliteCommandStoreTests : CommandStoreContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}

public sealed class RedisCommandStoreTests(OwnRedisServer own) : CommandStoreContract, IClassFixture<OwnRedisServer>
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(own);
}

/// <summary>The same on three primaries: the step, and the channel that it wakes with, lie in one slot.</summary>
public sealed class RedisClusterCommandStoreTests(RedisClusterLiveStoreTests.SharedCluster shared)
    : CommandStoreContract, IClassFixture<RedisClusterLiveStoreTests.SharedCluster>
{
    private protected override async Task<IStoreUnderTest> CreateAsync() => await RedisUnderTest.CreateAsync(await shared.GetAsync());
}
