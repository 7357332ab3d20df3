using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.PersonalData;

public sealed class SqliteErasures : Erasures
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}
