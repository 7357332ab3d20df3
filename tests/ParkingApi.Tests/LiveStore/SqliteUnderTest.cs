using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Holders;
using Parking.Api.LiveStore;
using Parking.Api.LiveStore.Sqlite;
using Parking.Api.Stays;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.LiveStore;

internal sealed class SqliteUnderTest : IStoreUnderTest
{
    private readonly TempFolder _folder = new();
    private SqliteDatabase _database;
    private SqliteDatabase? _other;

    public SqliteUnderTest() => (_database, Live, Holders) = Open();

    public ILiveStore Live { get; private set; }

    public IHolderStore Holders { get; private set; }

    public Task RestartAsync()
    {
        _database.Dispose();
        (_database, Live, Holders) = Open();
        return Task.CompletedTask;
    }

    public async Task TakeAwayAsync()
    {
        await RestartAsync();
        _other = new SqliteDatabase(_folder.PathOf("parking.db"));
        await _other.ProbeAsync();
    }

    public Task BringBackAsync()
    {
        _other!.Dispose();
        return Task.CompletedTask;
    }

    public Task LoseAnswersAsync(FacilityId facility, GateId gate, JournalId journal) => Live.ForgetAnswersAsync(Instant.MaxValue);

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _other?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private (SqliteDatabase Database, ILiveStore Live, IHolderStore Holders) Open()
    {
        var database = new SqliteDatabase(_folder.PathOf("parking.db"));
        return (database, new SqliteLiveStore(database, new FakeTimeProvider()), new SqliteHolderStore(database));
    }
}
