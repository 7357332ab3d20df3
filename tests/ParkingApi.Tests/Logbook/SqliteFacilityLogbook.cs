using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Logbook;

public sealed class SqliteFacilityLogbook : FacilityLogbookContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}
