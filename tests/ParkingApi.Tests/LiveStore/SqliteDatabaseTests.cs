using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.Ports;
using Parking.Stores.Sqlite;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>The embedded store's file, and who may use it.</summary>
public sealed class SqliteDatabaseTests : IDisposable
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

    /// <summary>A full disk lets small steps pass that need no new page, and fails the others.</summary>
    [Fact]
    public async Task Probe_AfterAWriteFoundTheDiskFull_FailsUntilThereIsRoom()
    {
        // The first probe leaves free pages behind, which this uses up.
        await _database.ProbeAsync();
        await _store.CommitAsync(Holder, 0, new byte[300_000]);
        await LimitAsync((int)await _database.ReadAsync(db => db.Number("PRAGMA page_count", 0)) + 1);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.CommitAsync(OtherHolder, 0, new byte[100_000]));

        for (var attempt = 0; attempt < 2; attempt++)
        {
            // The limit belongs to the connection, and a connection with an error is opened anew.
            await LimitAsync((int)await _database.ReadAsync(db => db.Number("PRAGMA page_count", 0)) + 1);
            await _store.SetClosedAsync(Facility, attempt == 0);
            await Assert.ThrowsAsync<StoreUnavailableException>(_database.ProbeAsync);
        }
        await _database.ProbeAsync();
        Assert.True(await _store.CommitAsync(OtherHolder, 0, new byte[100_000]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Probe_PagesDamaged_Fails(bool isFoundAtTheStart)
    {
        foreach (var number in Enumerable.Range(1, 2000))
        {
            await _store.CommitAsync(new((ulong)number), 0, Bytes(new string('x', 100)));
        }
        await _database.ProbeAsync();
        await RunAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        _database.Dispose();
        Damage(File);
        using var damaged = new SqliteDatabase(File, _time);
        var store = new SqliteLiveStore(damaged, _time);

        if (!isFoundAtTheStart)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
            {
                foreach (var number in Enumerable.Range(1, 2000))
                {
                    await store.LoadAsync(new((ulong)number));
                }
            });
        }

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(damaged.ProbeAsync);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains("backup", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(damaged.ProbeAsync);
    }

    /// <summary>Overwrites pages in the middle of the file, and leaves the first ones, where the tables begin.</summary>
    private static void Damage(string path)
    {
        using var file = System.IO.File.OpenWrite(path);
        file.Position = file.Length / 8192 * 4096;
        file.Write(new byte[5 * 4096]);
    }

    private Task LimitAsync(int pages) => _database.ReadAsync(db => db.Number($"PRAGMA max_page_count = {pages}", 0));

    /// <summary>A copy was restored under the running service: what is written to the old file would be lost at the next start.</summary>
    [Fact]
    public async Task Write_FileReplacedByACopy_IsAnOutageAtOnce_AndARestartGoesOnWithTheCopy()
    {
        await _store.CommitAsync(Holder, 0, Bytes("before"));
        await RunAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var copy = _folder.PathOf("copy.db");
        System.IO.File.Copy(File, copy);
        await _store.CommitAsync(Holder, 1, Bytes("after"));
        var life = await _store.LifeAsync();

        System.IO.File.Move(copy, File, overwrite: true);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.CommitAsync(Holder, 2, Bytes("lost")));
        await Assert.ThrowsAsync<StoreUnavailableException>(_database.ProbeAsync);
        _database.Dispose();
        System.IO.File.Delete($"{File}-wal");
        System.IO.File.Delete($"{File}-shm");
        using var restarted = new SqliteDatabase(File, _time);
        Assert.Equal("before", Text((await new SqliteLiveStore(restarted, _time).LoadAsync(Holder)).Content));
        Assert.NotEqual(life.Epoch, (await restarted.LifeAsync()).Epoch);
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
