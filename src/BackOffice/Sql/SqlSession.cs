using System.Data.Common;
using Dapper;
using Npgsql;

namespace Parking.BackOffice.Sql;

/// <summary>A connection in use by one step. Parameters are the properties of an object: <c>@Name</c>.</summary>
public sealed class SqlSession
{
    private readonly DbConnection _connection;
    private readonly DbTransaction? _transaction;
    private readonly CancellationToken _cancellationToken;

    static SqlSession()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;

        // Arrays are filled up to a few lengths, so that the statements stay few.
        SqlMapper.Settings.PadListExpansions = true;
    }

    internal SqlSession(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        _connection = connection;
        _transaction = transaction;
        _cancellationToken = cancellationToken;
    }

    /// <summary>
    /// The condition that a column is one of the values of a parameter, which is an array: the two databases write it differently.
    /// </summary>
    public string In(string column, string parameter) =>
        _connection is NpgsqlConnection ? $"{column} = ANY(@{parameter})" : $"{column} IN @{parameter}";

    /// <summary>Runs a statement, and returns how many rows changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => _connection.ExecuteAsync(Command(sql, parameters));

    /// <summary>
    /// Runs one statement for each of <paramref name="rows"/> in their order, all sent as one where the database can, and returns how many
    /// rows each changed.
    /// </summary>
    /// <typeparam name="T">Has properties of type string, byte[] and long, which may be nullable.</typeparam>
    public async Task<IReadOnlyList<int>> ExecuteManyAsync<T>(string sql, IReadOnlyList<T> rows)
        where T : class
    {
        var changed = new int[rows.Count];
        if (rows.Count == 0)
        {
            return changed;
        }

        if (!_connection.CanCreateBatch)
        {
            await RunEachAsync(sql, SqlColumns<T>.All, rows, changed);
            return changed;
        }

        await using var batch = _connection.CreateBatch();
        batch.Transaction = _transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            Add(command.Parameters, command.CreateParameter, SqlColumns<T>.All, row);
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(_cancellationToken);
        for (var i = 0; i < changed.Length; i++)
        {
            changed[i] = batch.BatchCommands[i].RecordsAffected;
        }

        return changed;
    }

    /// <summary>Adds rows to a table: one statement for all of them where the database can.</summary>
    /// <typeparam name="T">Has a property for each column: <c>EntryGate</c> for <c>entry_gate</c>.</typeparam>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, separated by a comma and a space.</param>
    /// <param name="rows">
    /// The rows. Where <paramref name="onConflict"/> changes what is there, no two of them may be about the same.
    /// </param>
    /// <param name="onConflict">
    /// What to do with a row that is there already, from <c>ON CONFLICT</c> on; empty: that is an error.
    /// </param>
    public async Task InsertAsync<T>(string table, string columns, IReadOnlyList<T> rows, string onConflict = "")
        where T : class
    {
        if (rows.Count == 0)
        {
            return;
        }

        var members = SqlColumns<T>.Named(columns);
        if (_connection is not NpgsqlConnection)
        {
            var names = string.Join(", ", members.Select(member => $"@{member.Name}"));
            await RunEachAsync($"INSERT INTO {table} ({columns}) VALUES ({names}) {onConflict}", members, rows, new int[rows.Count]);
            return;
        }

        // An array for each column: a parameter for each value would cost the service, and the database, several times as much.
        await using var command = new NpgsqlCommand();
        command.Connection = (NpgsqlConnection)_connection;
        command.Transaction = (NpgsqlTransaction?)_transaction;
        var arrays = string.Join(", ", members.Select((_, n) => $"${n + 1}"));
        command.CommandText = $"INSERT INTO {table} ({columns}) SELECT * FROM unnest({arrays}) {onConflict}";
        foreach (var member in members)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = member.ArrayType, Value = member.Of(rows) });
        }

        await command.ExecuteNonQueryAsync(_cancellationToken);
    }

    /// <summary>Runs a query and reads all its rows, each into the properties of a <typeparamref name="T"/>.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await _connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    /// <summary>The first column of the first row; the default if there is no row, or it is null.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? parameters = null) =>
        _connection.ExecuteScalarAsync<T>(Command(sql, parameters));

    private CommandDefinition Command(string sql, object? parameters) =>
        new(sql, parameters, _transaction, cancellationToken: _cancellationToken);

    private async Task RunEachAsync<T>(string sql, SqlColumn<T>[] members, IReadOnlyList<T> rows, int[] changed)
        where T : class
    {
        await using var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        Add(command.Parameters, command.CreateParameter, members, rows[0]);
        await command.PrepareAsync(_cancellationToken);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var n = 0; n < members.Length; n++)
            {
                command.Parameters[n].Value = members[n].Of(rows[i]);
            }

            changed[i] = await command.ExecuteNonQueryAsync(_cancellationToken);
        }
    }

    private static void Add<T>(DbParameterCollection collection, Func<DbParameter> create, SqlColumn<T>[] members, T row)
    {
        foreach (var member in members)
        {
            var parameter = create();
            parameter.ParameterName = member.Name;
            parameter.DbType = member.Type;
            parameter.Value = member.Of(row);
            collection.Add(parameter);
        }
    }
}
