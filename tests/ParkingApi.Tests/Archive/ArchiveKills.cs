using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.Stays;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Infrastructure;
using Parking.Codes;
using Parking.GateProtocol;
using Parking.Stays;
using Parking.Stores.Sqlite;
using Parking.Timelines;

namespace Parking.Api.Tests.Archive;

/// <summary>
/// kill −9 of the service while it takes stays over into the archive, again and again: in the end the archive has what the timelines say,
/// each revision once.
/// </summary>
public abstract class ArchiveKills : IAsyncLifetime
{
    private const int Holders = 400;

    private readonly TempFolder _folder = new();
    private readonly Random _random = RunSeed.RandomFor(nameof(ArchiveKills));
    private ServiceProcess _service = null!;
    private ISqlDatabase? _archive;
    private long _seq;

    protected string Folder => _folder.Path;

    public async ValueTask InitializeAsync() => _service = new(_folder.Path, await SettingsAsync());

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _archive?.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task EveryStay_IsArchivedAsItsTimelineSays()
    {
        // The first start makes the secrets.
        await _service.StartAsync();
        await _service.KillAsync();
        for (var kill = 0; kill < Depth.ArchiveKills; kill++)
        {
            await AddTrafficAsync();
            var before = await CountAsync();
            await _service.StartAsync();
            await UntilAsync(async () => await CountAsync() > before + _random.Next(Holders / 4));
            await _service.KillAsync();
        }

        var expected = await ExpectedAsync();
        await _service.StartAsync();
        await UntilAsync(async () => (await ReadAsync()).Select(row => (row.Stay, row.Facts)).ToHashSet().SetEquals(expected));
        await _service.KillAsync();

        Assert.Equal(0, await NumberAsync(
            """
            SELECT COUNT(*) FROM stays WHERE unaccounted_at IS NOT NULL
              OR revision <> (SELECT COUNT(*) FROM stay_revisions WHERE stay_revisions.stay = stays.stay)
              OR (revision > 0 AND facts <> (SELECT facts FROM stay_revisions WHERE stay_revisions.stay = stays.stay
                AND stay_revisions.revision = stays.revision))
            """));
        Assert.Equal(0, await NumberAsync(
            """
            SELECT COUNT(*) FROM stay_revisions AS a JOIN stay_revisions AS b ON a.stay = b.stay AND a.revision + 1 = b.revision
            WHERE a.facts = b.facts
            """));
    }

    /// <summary>Further command line arguments of the service.</summary>
    protected abstract Task<string[]> SettingsAsync();

    /// <summary>The archive's database, as the service has it.</summary>
    protected abstract Task<ISqlDatabase> OpenAsync();

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = Patience.Start();
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    /// <summary>Each driver comes in once more and leaves again, and what the barrier did is known of some.</summary>
    private async Task AddTrafficAsync()
    {
        using var database = OpenStore();
        var store = new SqliteLiveStore(database, new FakeTimeProvider());
        for (var n = 0; n < Holders; n++)
        {
            var holder = new HolderId((ulong)n + 1);
            var stored = await store.LoadAsync(holder);
            var second = _seq * 10;
            var entry = Traffic.Entry(second, seq: ++_seq);
            var timeline = TimelineCodec.Decode(stored.Content).Add(entry).Add(Traffic.Exit(second + 5, seq: ++_seq));
            timeline = n % 3 == 0 ? timeline.Add(Traffic.Act(BarrierAct.Passed, entry, 1_000_000)) : timeline;
            Assert.True(await store.CommitAsync(holder, stored.Version, TimelineCodec.Encode(timeline)));
        }
    }

    private async Task<HashSet<(string, string)>> ExpectedAsync()
    {
        var secrets = JsonSerializer.Deserialize(
            await File.ReadAllBytesAsync(_folder.PathOf(DevelopmentSecrets.FileName), TestContext.Current.CancellationToken),
            SecretFilesJsonContext.Default.DevelopmentFile)!;
        var key = Convert.FromBase64String(secrets.StayKey);
        var (names, keys) = (new StayNames(new CodeSeal(key)), new ArchiveKeys(key));
        var expected = new HashSet<(string, string)>();
        using var database = OpenStore();
        var store = new SqliteLiveStore(database, new FakeTimeProvider());
        await foreach (var holder in store.HoldersAsync(TestContext.Current.CancellationToken))
        {
            foreach (var stay in TimelineCodec.Decode((await store.LoadAsync(holder)).Content).Stays)
            {
                expected.Add((keys.StayOf(names.NameOf(holder, stay)), Convert.ToHexString(StayFacts.HashOf(stay, null))));
            }
        }

        return expected;
    }

    private SqliteDatabase OpenStore() => new(_folder.PathOf("parking.db"), new FakeTimeProvider());

    private Task<long> CountAsync() => NumberAsync("SELECT COUNT(*) FROM stay_revisions");

    private async Task<long> NumberAsync(string question)
    {
        _archive ??= await OpenAsync();
        return await _archive.ReadAsync(db => db.ScalarAsync<long>(question), TestContext.Current.CancellationToken);
    }

    private async Task<IEnumerable<(string Stay, string Facts)>> ReadAsync()
    {
        _archive ??= await OpenAsync();
        var rows = await _archive.ReadAsync(
            db => db.QueryAsync<StayRow>($"SELECT {StayRow.Columns} FROM stays"), TestContext.Current.CancellationToken);
        return rows.Select(row => (row.Stay, Convert.ToHexString(row.Facts)));
    }
}

public sealed class SqliteArchiveKills : ArchiveKills
{
    protected override Task<string[]> SettingsAsync() => Task.FromResult<string[]>([]);

    protected override Task<ISqlDatabase> OpenAsync() =>
        Task.FromResult<ISqlDatabase>(new SqliteBackOffice(Path.Combine(Folder, "backoffice.db")));
}

public sealed class PostgresArchiveKills(SharedPostgres shared) : ArchiveKills
{
    private string? _database;

    protected override async Task<string[]> SettingsAsync()
    {
        var server = await shared.GetAsync();
        _database = await server.CreateDatabaseAsync();
        return
        [
            "--BackOffice:Postgres", server.ServicesConnection(_database), "--BackOffice:PostgresOwner", server.OwnersConnection(_database),
        ];
    }

    protected override async Task<ISqlDatabase> OpenAsync()
    {
        var server = await shared.GetAsync();
        return new PostgresBackOffice(
            server.ServicesConnection(_database!), server.OwnersConnection(_database!), NullLogger<PostgresBackOffice>.Instance);
    }
}
