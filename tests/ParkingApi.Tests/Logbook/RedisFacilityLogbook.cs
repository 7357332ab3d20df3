using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Logbook;

public sealed class RedisFacilityLogbook(SharedRedisServer shared) : FacilityLogbookContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(shared);
}
