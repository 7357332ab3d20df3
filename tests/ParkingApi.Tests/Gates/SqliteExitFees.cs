using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Gates;

public sealed class SqliteExitFees : ExitFees
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}
