using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;
using Parking.Stores.Sqlite;

namespace Parking.Api.Tests.LiveStore;

internal sealed class SqliteUnderTest : IStoreUnderTest
{
    private static readonly string[] TablesOfFacilities =
        ["places", "pending", "answers", "marks", "ahead", "logs", "closed", "heard", "commands", "unchained"];

    private readonly TempFolder _folder = new();
    private SqliteDatabase _database;
    private SqliteDatabase? _other;
    private string _file;
    private int _restarts;

    public SqliteUnderTest()
    {
        _file = _folder.PathOf("parking.db");
        (_database, Live, Holders, Commands) = Open();
    }

    public FakeTimeProvider Time { get; } = new();

    public ILiveStore Live { get; private set; }

    public IAccountStore Holders { get; private set; }

    public ICommandStore Commands { get; private set; }

    public IAuditHeadStore AuditHeads => new SqliteAuditHeadStore(_database, _file);

    public IPageKeyStore PageKeys => new SqlitePageKeyStore(_database);

    public IArchiveFeed Feed => new SqliteArchiveFeed(_database);

    public IScreenStore Screens => new SqliteScreenStore(_database);

    public IDeviceStore Devices => new SqliteDeviceStore(_database);

    public IWithdrawalStore Withdrawals => new SqliteWithdrawalStore(_database);

    /// <summary>Copies the files while they are open: that is what a killed process leaves behind.</summary>
    public Task RestartAsync()
    {
        var left = _file;
        _file = _folder.PathOf($"restart-{++_restarts}.db");
        File.Copy(left, _file);
        File.Copy($"{left}-wal", $"{_file}-wal");
        _database.Dispose();
        (_database, Live, Holders, Commands) = Open();
        return Task.CompletedTask;
    }

    public async Task TakeAwayAsync()
    {
        _database.Dispose();
        (_database, Live, Holders, Commands) = Open();
        _other = new SqliteDatabase(_file, Time);
        await _other.ProbeAsync();
    }

    public Task EmptyAsync()
    {
        _database.Dispose();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_file)!, $"{Path.GetFileName(_file)}*"))
        {
            File.Delete(file);
        }

        (_database, Live, Holders, Commands) = Open();
        return Task.CompletedTask;
    }

    /// <summary>As <c>sqlite3 parking.db</c> does with <c>.backup</c> and <c>.restore</c>.</summary>
    public Task<Func<Task>> CopyAsync()
    {
        var copy = _folder.PathOf("copy.db");
        Backup(_file, copy);
        return Task.FromResult(() =>
        {
            Backup(copy, _file);
            return Task.CompletedTask;
        });
    }

    /// <summary>The bytes of the file, free parts included, once the log beside it has been taken over into it.</summary>
    public async Task<string> ReadAllAsync()
    {
        await _database.ReadAsync(db => db.Number("PRAGMA wal_checkpoint(TRUNCATE)", 1));
        await using var stream = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public Task BringBackAsync()
    {
        _other!.Dispose();
        return Task.CompletedTask;
    }

    public Task LoseFacilityAsync(FacilityId facility) => _database.RunAsync(db =>
        TablesOfFacilities
            .Sum(table => db.Execute($"DELETE FROM {table} WHERE facility = ?1", facility.Value)));

    public Task LoseAnswersAsync(FacilityId facility, GateId gate, JournalId journal) => Live.ForgetAnswersAsync(Instant.MaxValue);

    public Task SetPrefixAsync(FacilityId facility, GateId gate, JournalId journal, long through) => _database.RunAsync(db =>
        db.Execute("INSERT INTO marks VALUES (?1, ?2, ?3, ?4)", facility.Value, gate.Value, SqliteBits.Signed(journal.Value), through));

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _other?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    public static void Backup(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from};Pooling=False");
        using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        source.BackupDatabase(target);
    }

    private (SqliteDatabase Database, ILiveStore Live, IAccountStore Holders, ICommandStore Commands) Open()
    {
        var database = new SqliteDatabase(_file, Time);
        return (
            database, new SqliteLiveStore(database, Time), new SqliteAccountStore(database), new SqliteCommandStore(database, Time));
    }
}
