using NodaTime;
using Parking.Ports;

namespace Parking.Stores.Sqlite;

/// <summary>The embedded store goes by the service's clock.</summary>
public sealed class SqliteStoreClock : IStoreClock
{
    public Task<Instant?> ReadAsync() => Task.FromResult<Instant?>(null);
}
