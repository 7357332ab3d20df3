using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Sharing;

public sealed class SqliteSharedCars : SharedCars
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}
