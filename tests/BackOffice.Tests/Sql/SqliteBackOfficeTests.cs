using Microsoft.Data.Sqlite;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Infrastructure;

namespace Parking.BackOffice.Tests.Sql;

public sealed class SqliteBackOfficeTests : SqlDatabaseContract
{
    private readonly SqliteUnderTest _sql;

    public SqliteBackOfficeTests()
        : this(new())
    {
    }

    private SqliteBackOfficeTests(SqliteUnderTest sql)
        : base(sql) => _sql = sql;

    [Fact]
    public async Task File_IsForItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var database = await _sql.OpenAsync();
        await database.WriteAsync(_ => Task.FromResult(true), Cancel);

        var files = Directory.GetFiles(Path.GetDirectoryName(_sql.Path)!);

        Assert.True(files.Length >= 2, "There is a write-ahead log beside the file.");
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in files)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task History_IsNotReplacedEither()
    {
        var database = await _sql.OpenAsync();
        const string add = "INTO price_sources (hash, kind, content) VALUES ('h', 'a', 'c')";
        await database.WriteAsync(db => db.ExecuteAsync($"INSERT {add}"), Cancel);

        await Assert.ThrowsAsync<SqliteException>(() => database.WriteAsync(db => db.ExecuteAsync($"INSERT OR REPLACE {add}"), Cancel));
    }

    [Fact]
    public async Task Folder_ThatIsMissing_IsAnOutage_UntilItIsThere()
    {
        using var folder = new TempFolder();
        using var database = new SqliteBackOffice(folder.PathOf("later/backoffice.db"));
        await Assert.ThrowsAsync<BackOfficeUnavailableException>(() => database.WriteAsync(_ => Task.FromResult(true), Cancel));

        Directory.CreateDirectory(folder.PathOf("later"));

        Assert.True(await database.WriteAsync(_ => Task.FromResult(true), Cancel));
    }

    /// <summary>What is written to a file that nobody finds any more is lost, and the live store would forget it too.</summary>
    [Fact]
    public async Task File_ThatIsMovedWhileItIsInUse_IsAnOutage_UntilTheSameOneIsBack()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let an open file be moved.");
        using var folder = new TempFolder();
        var (home, elsewhere) = (folder.PathOf("home"), folder.PathOf("elsewhere"));
        Directory.CreateDirectory(home);
        using var database = new SqliteBackOffice(Path.Combine(home, "backoffice.db"));
        await AddAsync("before");
        Assert.Equal(["before"], await HashesAsync());

        Directory.Move(home, elsewhere);
        var outage = await Assert.ThrowsAsync<BackOfficeUnavailableException>(() => AddAsync("lost"));
        Assert.Contains("Put it back", outage.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BackOfficeUnavailableException>(HashesAsync);
        Directory.CreateDirectory(home);
        await Assert.ThrowsAsync<BackOfficeUnavailableException>(() => AddAsync("lost"));
        Assert.Empty(Directory.GetFiles(home));

        Directory.Delete(home);
        Directory.Move(elsewhere, home);
        await AddAsync("after");
        Assert.Equal(["after", "before"], await HashesAsync());

        Task<int> AddAsync(string hash) => database.WriteAsync(
            db => db.ExecuteAsync("INSERT INTO price_sources (hash, kind, content) VALUES (@hash, 'a', 'c')", new { hash }), Cancel);

        Task<IReadOnlyList<string>> HashesAsync() => database.ReadAsync(
            db => db.QueryAsync<string>("SELECT hash FROM price_sources ORDER BY hash"), Cancel);
    }
}
