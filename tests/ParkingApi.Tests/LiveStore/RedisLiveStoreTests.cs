using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.LiveStore;

public sealed class RedisLiveStoreTests(OwnRedisServer own) : LiveStoreContract, IClassFixture<OwnRedisServer>
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(own);
}
