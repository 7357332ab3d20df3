using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Holders;

public sealed class SqliteAccountStoreTests : AccountStoreContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}
