using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Holders;

public sealed class RedisAccountStoreTests(OwnRedisServer own) : AccountStoreContract, IClassFixture<OwnRedisServer>
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(own);
}
