using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Parking.BackOffice.Sql;

namespace Parking.BackOffice.Tests.Infrastructure;

/// <summary>
/// A database of one test's own. A contract is an abstract class of tests over this one, and two classes derive from it, one for each
/// database: see <c>SqlDatabaseContract</c>.
/// </summary>
public abstract class SqlUnderTest : IAsyncDisposable
{
    private readonly List<ISqlDatabase> _open = [];

    /// <summary>Opens the database as an instance of the service does. Several may be open.</summary>
    public async Task<ISqlDatabase> OpenAsync()
    {
        var opened = await OpenNewAsync();
        _open.Add(opened);
        return opened;
    }

    /// <summary>Keeps what was committed, under a name. What is open must be opened anew afterwards.</summary>
    public async Task CopyAsync(string name)
    {
        CloseAll();
        await KeepAsync(name);
    }

    /// <summary>Puts a copy in the place of the database. What is open must be opened anew afterwards.</summary>
    public async Task RestoreAsync(string name)
    {
        CloseAll();
        await PutBackAsync(name);
    }

    public async ValueTask DisposeAsync()
    {
        CloseAll();
        await EndAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs statements as whoever owns the tables, behind the service's back.</summary>
    public abstract Task ExecuteAsOwnerAsync(string statements);

    /// <summary>Statements that let the owner of the tables change what is append-only.</summary>
    public abstract string Unguard(string table);

    protected abstract Task<ISqlDatabase> OpenNewAsync();

    protected abstract Task KeepAsync(string name);

    protected abstract Task PutBackAsync(string name);

    protected abstract ValueTask EndAsync();

    private void CloseAll()
    {
        _open.ForEach(database => database.Dispose());
        _open.Clear();
    }
}

/// <summary>A file in a folder of its own.</summary>
public sealed class SqliteUnderTest : SqlUnderTest
{
    private readonly TempFolder _folder = new();

    public string Path => _folder.PathOf("backoffice.db");

    public override Task ExecuteAsOwnerAsync(string statements)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public override string Unguard(string table) =>
        $"DROP TRIGGER {table}_append_only_update; DROP TRIGGER {table}_append_only_delete;";

    protected override Task<ISqlDatabase> OpenNewAsync() => Task.FromResult<ISqlDatabase>(new SqliteBackOffice(Path));

    protected override Task KeepAsync(string name)
    {
        using var source = new SqliteConnection($"Data Source={Path};Pooling=false");
        source.Open();
        using var copy = source.CreateCommand();
        copy.CommandText = $"VACUUM INTO '{_folder.PathOf(name)}'";
        File.Delete(_folder.PathOf(name));
        copy.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    protected override Task PutBackAsync(string name)
    {
        File.Delete($"{Path}-wal");
        File.Delete($"{Path}-shm");
        File.Copy(_folder.PathOf(name), Path, overwrite: true);
        return Task.CompletedTask;
    }

    protected override ValueTask EndAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A database of the shared server, whose tables another role owns.</summary>
public sealed class PostgresUnderTest(SharedPostgres shared) : SqlUnderTest
{
    private string? _database;

    /// <summary>The server and the name of the database.</summary>
    public async Task<(PostgresServer Server, string Database)> GetAsync()
    {
        var server = await shared.GetAsync();
        return (server, _database ??= await server.CreateDatabaseAsync());
    }

    public override async Task ExecuteAsOwnerAsync(string statements)
    {
        var (server, name) = await GetAsync();
        await using var connection = new NpgsqlConnection($"{server.OwnersConnection(name)};Pooling=false;Search Path=backoffice");
        await connection.OpenAsync();
        await new NpgsqlCommand(statements, connection).ExecuteNonQueryAsync();
    }

    public override string Unguard(string table) => $"ALTER TABLE {table} DISABLE TRIGGER USER;";

    protected override async Task<ISqlDatabase> OpenNewAsync()
    {
        var (server, database) = await GetAsync();
        return new PostgresBackOffice(
            server.ServicesConnection(database), server.OwnersConnection(database), NullLogger<PostgresBackOffice>.Instance);
    }

    protected override async Task KeepAsync(string name)
    {
        // Of a database that nobody has opened there would be no tables to put back.
        using (var opened = await OpenNewAsync())
        {
            await opened.ReadAsync(db => db.QueryAsync<long>("SELECT 1"), CancellationToken.None);
        }

        var (server, database) = await GetAsync();
        await server.KeepTablesAsync(database, name);
    }

    protected override async Task PutBackAsync(string name)
    {
        var (server, database) = await GetAsync();
        await server.PutTablesBackAsync(database, name);
    }

    protected override ValueTask EndAsync() => ValueTask.CompletedTask;
}
