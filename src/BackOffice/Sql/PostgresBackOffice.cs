using System.Data;
using System.Net.Sockets;
using DbUp.Postgresql;
using Npgsql;

namespace Parking.BackOffice.Sql;

/// <summary>
/// The back office in the schema <c>backoffice</c> of a PostgreSQL database, for any number of instances of the service.
/// </summary>
/// <remarks>
/// The owner of the tables changes them and lets the service's role read and add; what is not append-only it may also change and delete.
/// Without an owner of its own the service's role does all this itself, and could change history too, if it dropped the triggers first.
/// </remarks>
public sealed partial class PostgresBackOffice : ISqlDatabase
{
    private const string Schema = "backoffice";

    /// <summary>Only one instance changes the tables at a time. Any number will do, as long as it stays.</summary>
    private const long MigrationLock = 0x7061726b696e67;

    private const int MostAttempts = 5;

    private readonly string? _owner;
    private readonly ILogger<PostgresBackOffice> _logger;
    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private volatile bool _isPrepared;

    /// <param name="connection">The connection string of the service's role.</param>
    /// <param name="owner">The connection string of the owner of the tables; null if the service's role owns them.</param>
    /// <param name="logger">Says what happens to the tables.</param>
    public PostgresBackOffice(string connection, string? owner, ILogger<PostgresBackOffice> logger)
    {
        _owner = owner;
        _logger = logger;
        var service = new NpgsqlConnectionStringBuilder(connection)
        {
            SearchPath = Schema,
            ApplicationName = "parking",
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
        };
        Name = $"the database {service.Database} at {service.Host}";
        _source = NpgsqlDataSource.Create(service);
    }

    public string Name { get; }

    public async Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await UsingAsync(
                    async connection =>
                    {
                        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                        var result = await work(new(connection, transaction, cancellationToken));
                        await transaction.CommitAsync(CancellationToken.None);
                        return result;
                    },
                    cancellationToken);
            }
            catch (PostgresException e) when (attempt < MostAttempts && e.SqlState
                is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // Another transaction went first, and this one left nothing behind.
            }
        }
    }

    public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> query, CancellationToken cancellationToken = default) => UsingAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await using (var readOnly = new NpgsqlCommand("SET TRANSACTION READ ONLY", connection, transaction))
            {
                await readOnly.ExecuteNonQueryAsync(cancellationToken);
            }

            return await query(new(connection, transaction, cancellationToken));
        },
        cancellationToken);

    public void Dispose()
    {
        _source.Dispose();
        _preparing.Dispose();
    }

    /// <summary>Whether the server, or the way to it, is at fault. Anything else is a defect of this service, and is no outage.</summary>
    private static bool IsOutOfReach(Exception error) => error switch
    {
        // The server's own troubles, who may connect and where; a database that takes no connections; tables that a restored copy lacks; a
        // standby.
        PostgresException { SqlState: var state } => state[..2] is "08" or "28" or "3D" or "3F" or "53" or "57" or "58"
            || state is PostgresErrorCodes.ObjectNotInPrerequisiteState or PostgresErrorCodes.UndefinedTable
                or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    private async Task<T> UsingAsync<T>(Func<NpgsqlConnection, Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken);
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            return await use(connection);
        }
        catch (Exception e) when (IsOutOfReach(e))
        {
            // What comes back may be an older copy, with older tables.
            _isPrepared = false;
            throw new BackOfficeUnavailableException($"{Name} cannot be used: {e.Message}", e);
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_isPrepared)
        {
            return;
        }

        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (!_isPrepared)
            {
                await MigrateAsync(cancellationToken);
                _isPrepared = true;
            }
        }
        finally
        {
            _preparing.Release();
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var service = await _source.OpenConnectionAsync(cancellationToken);
        var role = (string)(await new NpgsqlCommand("SELECT current_user", service).ExecuteScalarAsync(cancellationToken))!;
        var owning = _owner is null ? _source : NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_owner) { SearchPath = Schema });
        try
        {
            await using var owner = await owning.OpenConnectionAsync(cancellationToken);
            await RunAsync(owner, $"SELECT pg_advisory_lock({MigrationLock})", cancellationToken);
            await RunAsync(owner, $"CREATE SCHEMA IF NOT EXISTS {Schema}", cancellationToken);
            var steps = await Task.Run(
                () => Migrations.Run(
                    PostgresqlExtensions.PostgresqlDatabase(new PostgresqlConnectionManager(owning), Schema)
                        .JournalToPostgresqlTable(Schema, Migrations.Journal),
                    SqlDialect.Postgres,
                    Name),
                cancellationToken);
            if (_owner is not null)
            {
                await GrantAsync(owner, role, cancellationToken);
            }

            await RunAsync(owner, $"SELECT pg_advisory_unlock({MigrationLock})", cancellationToken);
            foreach (var step in steps)
            {
                Migrated(_logger, Name, step);
            }
        }
        finally
        {
            if (_owner is not null)
            {
                await owning.DisposeAsync();
            }
        }

        if (await MayChangeHistoryAsync(service, cancellationToken))
        {
            HistoryUnguarded(_logger, Name, role);
        }
    }

    /// <summary>Grants the role what it needs, and no more than reading and adding where a table is append-only.</summary>
    private static async Task GrantAsync(NpgsqlConnection owner, string role, CancellationToken cancellationToken)
    {
        var quoted = new NpgsqlCommandBuilder().QuoteIdentifier(role);
        await RunAsync(
            owner,
            $"""
            GRANT USAGE ON SCHEMA {Schema} TO {quoted};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {Schema} TO {quoted};
            REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {Schema}.{Migrations.Journal} FROM {quoted};
            """,
            cancellationToken);
        foreach (var table in await HistoryAsync(owner, cancellationToken))
        {
            await RunAsync(owner, $"REVOKE UPDATE, DELETE, TRUNCATE ON {Schema}.{table} FROM {quoted}", cancellationToken);
        }
    }

    private static async Task<bool> MayChangeHistoryAsync(NpgsqlConnection service, CancellationToken cancellationToken)
    {
        foreach (var table in await HistoryAsync(service, cancellationToken))
        {
            await using var question = new NpgsqlCommand(
                $"SELECT has_table_privilege('{Schema}.{table}', 'UPDATE, DELETE, TRUNCATE')", service);
            if ((bool)(await question.ExecuteScalarAsync(cancellationToken))!)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The tables that are append-only: those with the trigger.</summary>
    private static async Task<IReadOnlyList<string>> HistoryAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var question = new NpgsqlCommand(
            $"""
            SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
            WHERE tgname = 'append_only' AND relnamespace = '{Schema}'::regnamespace ORDER BY relname
            """,
            connection);
        await using var rows = await question.ExecuteReaderAsync(cancellationToken);
        var tables = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
        {
            tables.Add(rows.GetString(0));
        }

        return tables;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(9001, LogLevel.Information, "The tables of {Database} were changed: {Step}", EventName = "BackOfficeMigrated")]
    private static partial void Migrated(ILogger logger, string database, string step);

    [LoggerMessage(
        9002,
        LogLevel.Warning,
        "In {Database} the role {Role} may change what is history: only triggers keep it from that. Let another role own the tables "
            + "(BackOffice:PostgresOwner)",
        EventName = "HistoryUnguarded")]
    private static partial void HistoryUnguarded(ILogger logger, string database, string role);
}
