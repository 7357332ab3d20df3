using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.LiveStore;

public sealed class RedisLiveStoreTests(SharedRedisServer shared) : LiveStoreContract, IClassFixture<SharedRedisServer>
{
    private protected override async Task<IStoreUnderTest> CreateAsync()
    {
        var server = await shared.GetAsync();
        return new RedisUnderTest(server, server.TakeDatabase());
    }
}
