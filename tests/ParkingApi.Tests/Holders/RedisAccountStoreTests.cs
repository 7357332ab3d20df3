using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Holders;

public sealed class RedisAccountStoreTests(SharedRedisServer shared) : AccountStoreContract, IClassFixture<SharedRedisServer>
{
    private protected override async Task<IStoreUnderTest> CreateAsync()
    {
        var server = await shared.GetAsync();
        return new RedisUnderTest(server, server.TakeDatabase());
    }
}
