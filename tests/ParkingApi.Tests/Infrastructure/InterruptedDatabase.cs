using Parking.BackOffice.Sql;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>A database of the back office that can be away.</summary>
internal sealed class InterruptedDatabase(ISqlDatabase database) : ISqlDatabase
{
    public bool IsAway { get; set; }

    public string Name => database.Name;

    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        IsAway ? throw new BackOfficeUnavailableException("away") : database.WriteAsync(work, cancellationToken);

    public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> query, CancellationToken cancellationToken) =>
        IsAway ? throw new BackOfficeUnavailableException("away") : database.ReadAsync(query, cancellationToken);

    public void Dispose() => database.Dispose();
}
