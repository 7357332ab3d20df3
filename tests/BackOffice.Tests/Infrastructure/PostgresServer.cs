using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Parking.BackOffice.Tests.Infrastructure.SharedPostgres))]

namespace Parking.BackOffice.Tests.Infrastructure;

/// <summary>
/// A real PostgreSQL of the tests' own, on a socket in a temporary folder, not on the network. It does not sync its disk: a kill of the
/// server's processes loses nothing all the same.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "parking_owner";
    private const string Role = "parking_service";

    /// <summary>The server refuses to run as root.</summary>
    private const string UserForRoot = "postgres";

    private readonly TempFolder _folder = new();
    private readonly string _programs;
    private Process? _process;
    private int _databases;

    private PostgresServer(string programs) => _programs = programs;

    private string Data => _folder.PathOf("data");

    /// <summary>Starts a server, or skips the test if PostgreSQL is not installed.</summary>
    public static async Task<PostgresServer> StartNewAsync()
    {
        if (FindPrograms() is not { } programs)
        {
            Assert.Skip("PostgreSQL 15 or later is not installed (Debian: apt-get install postgresql).");
            return null;
        }

        var server = new PostgresServer(programs);
        try
        {
            if (Environment.UserName == "root")
            {
                await RunAsync("chown", UserForRoot, server._folder.Path);
            }

            await server.RunProgramAsync(
                "initdb", "-D", server.Data, "-U", Owner, "--auth=trust", "--no-sync", "--no-instructions", "-E", "UTF8", "--locale=C");
            await server.StartAsync();
            await server.ExecuteAsync("postgres", $"CREATE ROLE {Role} LOGIN");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, again with what it had if it was started before, and waits until it accepts connections.</summary>
    public async Task StartAsync()
    {
        string[] arguments =
        [
            Path.Combine(_programs, "postgres"), "-D", Data, "-k", _folder.Path, "-h", "", "-c", "fsync=off", "-c", "full_page_writes=off",
            "-c", "max_connections=200", "-c", "max_wal_size=256MB", "-c", "logging_collector=off", "-c", "log_min_messages=panic",
        ];
        _process = Process.Start(Start(arguments))!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        using var limit = Patience.Start();
        while (true)
        {
            try
            {
                await ExecuteAsync("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (!_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
            }
        }
    }

    /// <summary>The name of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE template0 STRATEGY wal_log");
        return name;
    }

    /// <summary>Keeps the tables of a database beside it, under a name.</summary>
    public Task KeepTablesAsync(string database, string name) => ForEachTableAsync(
        database,
        $"DROP SCHEMA IF EXISTS kept_{name} CASCADE; CREATE SCHEMA kept_{name};",
        $"CREATE TABLE kept_{name}.%1$I AS TABLE backoffice.%1$I");

    /// <summary>Puts the tables back as they were kept, as a restored copy has them: no trigger has a say in this.</summary>
    public Task PutTablesBackAsync(string database, string name) => ForEachTableAsync(
        database,
        "SET LOCAL session_replication_role = replica;",
        "DELETE FROM backoffice.%1$I",
        $"INSERT INTO backoffice.%1$I SELECT * FROM kept_{name}.%1$I");

    /// <summary>Lets nobody connect to a database, and cuts its connections; or lets all connect again.</summary>
    public async Task SetReachableAsync(string database, bool isReachable)
    {
        await ExecuteAsync("postgres", $"ALTER DATABASE {database} ALLOW_CONNECTIONS {isReachable}");
        if (!isReachable)
        {
            await CutAsync(database);
        }
    }

    public string OwnersConnection(string database) => Connection(database, Owner);

    public string ServicesConnection(string database) => Connection(database, Role);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            // An immediate shutdown ends all its processes and leaves no shared memory behind.
            await RunProgramAsync("pg_ctl", "stop", "-D", Data, "-m", "immediate", "-s");
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
        _folder.Dispose();
    }

    private static string? FindPrograms()
    {
        const string debian = "/usr/lib/postgresql";
        var candidates = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(Directory.Exists(debian)
                ? Directory.GetDirectories(debian).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
                : []);
        return candidates.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    private static ProcessStartInfo Start(params string[] command)
    {
        string[] whole = Environment.UserName == "root"
            ? ["setpriv", $"--reuid={UserForRoot}", $"--regid={UserForRoot}", "--init-groups", .. command]
            : command;
        return new(whole[0], whole[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]))!;
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, process.ExitCode);
    }

    private async Task RunProgramAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Start([Path.Combine(_programs, program), .. arguments]))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, $"{program}: {await output}{error}");
    }

    private string Connection(string database, string role) => new NpgsqlConnectionStringBuilder
    {
        Host = _folder.Path,
        Database = database,
        Username = role,
        MaxPoolSize = 20,
    }.ToString();

    private Task CutAsync(string database) => ExecuteAsync(
        "postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}' AND pid <> pg_backend_pid()");

    private Task ForEachTableAsync(string database, string first, params string[] statements) => ExecuteAsync(
        database,
        $"""
        DO $do$ DECLARE name text; BEGIN
          {first}
          FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'backoffice' LOOP
            {string.Concat(statements.Select(statement => $"EXECUTE format('{statement}', name);"))}
          END LOOP;
        END $do$
        """);

    private async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection($"{Connection(database, Owner)};Pooling=false");
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}

/// <summary>One server for all tests of the assembly, started by the first that asks for it. Each test has a database of its own.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(PostgresServer.StartNewAsync);

    /// <summary>The server, running; skips the test if PostgreSQL is not installed.</summary>
    public Task<PostgresServer> GetAsync() => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
