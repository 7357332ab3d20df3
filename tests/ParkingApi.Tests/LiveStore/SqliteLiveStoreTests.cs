namespace Parking.Api.Tests.LiveStore;

public sealed class SqliteLiveStoreTests : LiveStoreContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}
