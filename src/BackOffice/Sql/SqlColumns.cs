using System.Data;
using System.Linq.Expressions;
using System.Reflection;
using NpgsqlTypes;

namespace Parking.BackOffice.Sql;

/// <summary>The columns that rows of a type have: its properties, of type string, byte[] and long, which may be nullable.</summary>
/// <typeparam name="T">The type of a row.</typeparam>
internal static class SqlColumns<T>
    where T : class
{
    /// <summary>In the order in which the type has them.</summary>
    public static readonly SqlColumn<T>[] All =
    [
        .. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(SqlColumn<T>.Of),
    ];

    /// <summary>The columns of a list such as <c>stay, entry_gate</c>: <c>entry_gate</c> is the property <c>EntryGate</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no such property.</exception>
    public static SqlColumn<T>[] Named(string columns) =>
    [
        .. columns.Split(", ").Select(PropertyOf).Select(name => All.Single(one => one.Name == name)),
    ];

    private static string PropertyOf(string column) =>
        string.Concat(column.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}

/// <summary>One column of a row.</summary>
/// <typeparam name="T">The type of a row.</typeparam>
internal abstract class SqlColumn<T>(string name, DbType type)
{
    /// <summary>The property's name, which is that of the parameter.</summary>
    public string Name { get; } = name;

    public DbType Type { get; } = type;

    /// <summary>The type of the array that <see cref="Of(IReadOnlyList{T})"/> makes.</summary>
    public abstract NpgsqlDbType ArrayType { get; }

    /// <summary>The value of one row; <see cref="DBNull"/> for null.</summary>
    public abstract object Of(T row);

    /// <summary>The values of all rows, as an array.</summary>
    public abstract object Of(IReadOnlyList<T> rows);

    public static SqlColumn<T> Of(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(string) ? new Column<string?>(property, DbType.String, NpgsqlDbType.Text)
            : type == typeof(byte[]) ? new Column<byte[]?>(property, DbType.Binary, NpgsqlDbType.Bytea)
            : type == typeof(long) ? new Column<long?>(property, DbType.Int64, NpgsqlDbType.Bigint)
            : throw new ArgumentException($"{property.DeclaringType}.{property.Name} has the type {type}, which no column has.");
    }

    /// <remarks>Compiled: a drain reads a hundred thousand values a second.</remarks>
    private sealed class Column<TValue> : SqlColumn<T>
    {
        private readonly NpgsqlDbType _element;
        private readonly Func<T, TValue> _read;

        public Column(PropertyInfo property, DbType type, NpgsqlDbType element)
            : base(property.Name, type)
        {
            _element = element;
            var row = Expression.Parameter(typeof(T));
            _read = Expression.Lambda<Func<T, TValue>>(
                Expression.Convert(Expression.Property(row, property), typeof(TValue)), row).Compile();
        }

        public override NpgsqlDbType ArrayType => NpgsqlDbType.Array | _element;

        public override object Of(T row) => _read(row) ?? (object)DBNull.Value;

        public override object Of(IReadOnlyList<T> rows)
        {
            var values = new TValue[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = _read(rows[i]);
            }

            return values;
        }
    }
}
