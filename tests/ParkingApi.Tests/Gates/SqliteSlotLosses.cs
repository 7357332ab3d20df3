using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Gates;

public sealed class SqliteSlotLosses : SlotLosses
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}
