using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Reflection;
using Dapper;
using Npgsql;

namespace Parking.BackOffice.Sql;

/// <summary>A connection in use by one step. Parameters are the properties of an object: <c>@Name</c>.</summary>
public sealed class SqlSession
{
    private static readonly ConcurrentDictionary<Type, (PropertyInfo Property, DbType Type)[]> Parameters = [];

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
        var members = Parameters.GetOrAdd(typeof(T), MembersOf);
        var changed = new int[rows.Count];
        if (rows.Count == 0)
        {
            return changed;
        }

        if (!_connection.CanCreateBatch)
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
                    command.Parameters[n].Value = members[n].Property.GetValue(rows[i]) ?? DBNull.Value;
                }

                changed[i] = await command.ExecuteNonQueryAsync(_cancellationToken);
            }

            return changed;
        }

        await using var batch = _connection.CreateBatch();
        batch.Transaction = _transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            Add(command.Parameters, command.CreateParameter, members, row);
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(_cancellationToken);
        for (var i = 0; i < changed.Length; i++)
        {
            changed[i] = batch.BatchCommands[i].RecordsAffected;
        }

        return changed;
    }

    /// <summary>Runs a query and reads all its rows, each into the properties of a <typeparamref name="T"/>.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await _connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    /// <summary>The first column of the first row; the default if there is no row, or it is null.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? parameters = null) =>
        _connection.ExecuteScalarAsync<T>(Command(sql, parameters));

    private CommandDefinition Command(string sql, object? parameters) =>
        new(sql, parameters, _transaction, cancellationToken: _cancellationToken);

    private static void Add<T>(
        DbParameterCollection collection, Func<DbParameter> create, (PropertyInfo Property, DbType Type)[] members, T row)
    {
        foreach (var (property, type) in members)
        {
            var parameter = create();
            parameter.ParameterName = property.Name;
            parameter.DbType = type;
            parameter.Value = property.GetValue(row) ?? DBNull.Value;
            collection.Add(parameter);
        }
    }

    private static (PropertyInfo Property, DbType Type)[] MembersOf(Type row) =>
    [
        .. row.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => (property, TypeOf(property))),
    ];

    private static DbType TypeOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(string) ? DbType.String
            : type == typeof(byte[]) ? DbType.Binary
            : type == typeof(long) ? DbType.Int64
            : throw new ArgumentException($"{property.DeclaringType}.{property.Name} has the type {type}, which no column has.");
    }
}
