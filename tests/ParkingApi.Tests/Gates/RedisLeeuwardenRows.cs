using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Gates;

public sealed class RedisLeeuwardenRows(SharedRedisServer server) : LeeuwardenRows
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(server);
}
