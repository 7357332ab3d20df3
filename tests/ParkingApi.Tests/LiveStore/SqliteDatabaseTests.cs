using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.Ports;
using Parking.Stores.Sqlite;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>The embedded store's file, and who may use it.</summary>
public sealed partial class SqliteDatabaseTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly FakeTimeProvider _time = new();
    private readonly SqliteLiveStore _store;

    public SqliteDatabaseTests()
    {
        _database = new SqliteDatabase(File, _time);
        _store = new SqliteLiveStore(_database, _time);
    }

    private string File => _folder.PathOf(Path.Combine("data", "parking.db"));

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Open_FolderMissing_MakesIt() => Assert.True(await _store.CommitAsync(Holder, 0, Bytes("x")));

    [Fact]
    public async Task Open_FolderCannotBeMade_IsAnOutageUntilItCan()
    {
        var obstacle = _folder.PathOf("data");
        await System.IO.File.WriteAllTextAsync(obstacle, "in the way", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.LoadAsync(Holder));

        System.IO.File.Delete(obstacle);
        Assert.True(await _store.CommitAsync(Holder, 0, Bytes("x")));
    }

    [Fact]
    public async Task Open_AnotherProcessHasIt_SaysWhatToDo()
    {
        await _store.CommitAsync(Holder, 0, Bytes("x"));
        using var other = new SqliteDatabase(File, _time);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(other.ProbeAsync);

        Assert.Contains("Data:Folder", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 1, "normal")]
    [InlineData(true, 0, "exclusive")]
    public async Task Open_ForASimulationOnly_IsNeverSynced_AndItsOwn(bool isSimulation, long synchronous, string locking)
    {
        using var database = new SqliteDatabase(_folder.PathOf("other.db"), _time, isSimulation);

        Assert.Equal(synchronous, await database.ReadAsync(db => db.Number("PRAGMA synchronous", -1)));
        Assert.Equal([locking], await database.ReadAsync(db => db.QueryAll("PRAGMA locking_mode", row => row.GetString(0))));
    }

    [Fact]
    public async Task Open_WrittenByANewerVersion_IsRefusedAndLeftAsItIs()
    {
        await _store.CommitAsync(Holder, 0, Bytes("x"));
        await RunAsync($"PRAGMA user_version = {SqliteSchema.Version + 1}");
        _database.Dispose();
        using var newer = new SqliteDatabase(File, _time);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(newer.ProbeAsync);

        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
        await RunAsync($"PRAGMA user_version = {SqliteSchema.Version}");
        Assert.Equal(1, (await new SqliteLiveStore(newer, _time).LoadAsync(Holder)).Version);
    }

    [Fact]
    public async Task Open_WrittenByTheFirstVersion_KeepsEverythingAndGetsWhatIsNew()
    {
        Directory.CreateDirectory(_folder.PathOf("data"));
        await RunAsync(SqliteSchema.Steps[0]);
        await RunAsync("INSERT INTO timelines VALUES (1, 3, x'6f6c64'); INSERT INTO places VALUES ('harbour-north', x'00', 1);");
        Assert.Equal(1, await NumberAsync("PRAGMA user_version"));

        var timeline = await _store.LoadAsync(new(1));
        await _store.SetClosedAsync(Facility, true);

        Assert.Equal((3, "old"), (timeline.Version, Text(timeline.Content)));
        var glance = Assert.Single(await _store.GlanceAsync([Facility]));
        Assert.Equal((1, true), (glance.Spaces, glance.IsClosed));
        Assert.Equal(SqliteSchema.Version, await NumberAsync("PRAGMA user_version"));
    }

    [Fact]
    public async Task Open_NotADatabase_IsAnOutage()
    {
        Directory.CreateDirectory(_folder.PathOf("data"));
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.LoadAsync(Holder));
    }

    [Fact]
    public async Task Write_AnotherProgramIsWriting_IsAnOutageUntilItHasDone()
    {
        await _store.CommitAsync(Holder, 0, Bytes("x"));
        await using (var other = await OpenAsync())
        {
            await RunAsync(other, "BEGIN IMMEDIATE");
            await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.CommitAsync(Holder, 1, Bytes("y")));
        }

        Assert.True(await _store.CommitAsync(Holder, 1, Bytes("y")));
    }

    [Fact]
    public async Task Step_Throws_LeavesNothingBehindAndIsNotAnOutage()
    {
        await _store.CommitAsync(Holder, 0, Bytes("x"));

        await Assert.ThrowsAsync<SqliteException>(() => _database.RunAsync(db =>
        {
            db.Execute("DELETE FROM timelines");
            return db.Execute("SELECT no_such_column FROM timelines");
        }));

        Assert.Equal(1, (await _store.LoadAsync(Holder)).Version);
    }

    [Fact]
    public async Task Open_FileMovedAwayAndBack_IsAnOutageUntilThenAndKeepsItsContent()
    {
        await _store.CommitAsync(Holder, 0, Bytes("before"));
        var elsewhere = _folder.PathOf("moved.db");

        System.IO.File.Move(File, elsewhere);

        await Assert.ThrowsAsync<StoreUnavailableException>(_database.ProbeAsync);
        await Assert.ThrowsAsync<StoreUnavailableException>(_database.ProbeAsync);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.LoadAsync(Holder));
        Assert.False(System.IO.File.Exists(File));

        System.IO.File.Move(elsewhere, File);

        Assert.Equal("before", Text((await _store.LoadAsync(Holder)).Content));
        Assert.True(await _store.CommitAsync(Holder, 1, Bytes("after")));
    }

    [Fact]
    public async Task Read_FileMovedSinceTheLastStep_TellsWhatIsInIt_UntilAWriteFindsOut()
    {
        await _store.CommitAsync(Holder, 0, Bytes("before"));

        System.IO.File.Move(File, _folder.PathOf("moved.db"));

        Assert.Equal("before", Text((await _store.LoadAsync(Holder)).Content));
        await Assert.ThrowsAsync<StoreUnavailableException>(_database.ProbeAsync);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.LoadAsync(Holder));
    }

    [Fact]
    public async Task Write_FileMovedSinceTheLastStep_IsAnOutageAtOnce()
    {
        await _store.CommitAsync(Holder, 0, Bytes("before"));

        System.IO.File.Move(File, _folder.PathOf("moved.db"));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.CommitAsync(Holder, 1, Bytes("lost")));
    }

    [Fact]
    public async Task Open_FileReplacedByAnEmptyOne_IsAnOutageAndLeavesItEmpty()
    {
        await _store.CommitAsync(Holder, 0, Bytes("before"));
        var files = Directory.GetFiles(_folder.PathOf("data"), "parking.db*");
        foreach (var file in files.Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            System.IO.File.Delete(file);
        }

        await Assert.ThrowsAsync<StoreUnavailableException>(_database.ProbeAsync);
        await System.IO.File.WriteAllBytesAsync(File, [], TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(_database.ProbeAsync);
        Assert.Contains("replaced", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForgetAnswers_ByTime_DropsThoseGivenAtOrBeforeIt()
    {
        var first = _time.GetCurrentInstant();
        foreach (var seq in Enumerable.Range(1, 2500))
        {
            await _store.MarkAsync(Facility, Scan(seq), Content, Bytes("early"), []);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        await _store.MarkAsync(Facility, Scan(2501), Content, Bytes("late"), []);

        await _store.ForgetAnswersAsync(first - Duration.FromTicks(1));
        Assert.Equal(ReservationStatus.Answered, (await _store.ReserveAsync(Facility, Pending(1), null)).Status);

        await _store.ForgetAnswersAsync(first);
        Assert.Equal(ReservationStatus.Forgotten, (await _store.ReserveAsync(Facility, Pending(1), null)).Status);
        Assert.Equal(ReservationStatus.Forgotten, (await _store.ReserveAsync(Facility, Pending(2500), null)).Status);
        Assert.Equal(ReservationStatus.Answered, (await _store.ReserveAsync(Facility, Pending(2501), null)).Status);
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await RunAsync(connection, sql);
    }

    private async Task<long> NumberAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
