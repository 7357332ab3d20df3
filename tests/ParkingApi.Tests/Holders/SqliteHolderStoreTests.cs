using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Holders;

public sealed class SqliteHolderStoreTests : HolderStoreContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}
