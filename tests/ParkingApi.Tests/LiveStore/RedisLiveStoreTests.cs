using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.LiveStore;

public sealed class RedisLiveStoreTests(SharedRedisServer shared) : LiveStoreContract, IClassFixture<SharedRedisServer>
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(shared);
}
