using Parking.Ports;
using Parking.Stores.Sqlite;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>A full disk, damaged pages, a copy that is put in place of the file.</summary>
public sealed partial class SqliteDatabaseTests
{
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

    /// <summary>The copy has the newest note of the service, so it is known by nothing but that another program wrote.</summary>
    [Fact]
    public async Task Copy_MadeAfterTheLastNote_AndRestored_BeginsAnEpoch()
    {
        await _store.CommitAsync(Holder, 0, Bytes("before"));
        await _database.ProbeAsync();
        var life = await _store.LifeAsync();
        var copy = _folder.PathOf("copy.db");
        SqliteUnderTest.Backup(File, copy);
        await _database.ProbeAsync();
        Assert.Equal(life.Epoch, (await _store.LifeAsync()).Epoch);
        SqliteUnderTest.Backup(File, copy);
        await _store.CommitAsync(Holder, 1, Bytes("after"));

        SqliteUnderTest.Backup(copy, File);
        await _database.ProbeAsync();

        Assert.Equal("before", Text((await _store.LoadAsync(Holder)).Content));
        Assert.NotEqual(life.Epoch, (await _store.LifeAsync()).Epoch);
    }
}
