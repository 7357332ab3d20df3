namespace Parking.BackOffice.Sql;

/// <summary>
/// The database of the back office, with the tables of this version. There are two implementations under one contract; whoever uses it does
/// not ask which one it is.
/// </summary>
/// <remarks>
/// <para>The database is opened, and its tables are brought to this version, by the first step that needs it, and again after an error. So
/// the service starts without it, and it works again by itself when the database is back.</para>
/// <para>SQL that both understand: <c>INSERT … ON CONFLICT</c>, <c>RETURNING</c>, <c>CHECK</c>, partial indexes, keyset pagination, and
/// <see cref="SqlSession.In"/>. Names of columns are those of the properties with underscores. Times are microseconds since 1970 in UTC,
/// amounts the smallest unit of their currency.</para>
/// </remarks>
public interface ISqlDatabase : IDisposable
{
    /// <summary>Which product it is, and where, for people: without a password.</summary>
    string Name { get; }

    /// <summary>
    /// Runs a step of work as one transaction: all of it, or nothing if it throws. It is durable when the task ends.
    /// </summary>
    /// <remarks>
    /// The step waits for nothing but its session, and changes nothing else: it is run again if the database asked for that.
    /// </remarks>
    /// <exception cref="BackOfficeUnavailableException">
    /// The database cannot be used, or was lost before it confirmed: then the step may have happened all the same.
    /// </exception>
    Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken = default);

    /// <summary>Runs queries, which all see the moment of the first. The session cannot write.</summary>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> query, CancellationToken cancellationToken = default);
}
