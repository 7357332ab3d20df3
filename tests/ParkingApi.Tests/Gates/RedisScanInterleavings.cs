using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Gates;

public sealed class RedisScanInterleavings(SharedRedisServer shared) : ScanInterleavings
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(shared);
}
