using NodaTime;
using NodaTime.Extensions;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Stores.Sqlite;

/// <summary>Keeps commands to gates in the embedded store's file, and wakes up who watches in this process.</summary>
/// <param name="database">The file.</param>
/// <param name="time">Dates changes of commands, which are dropped by that date and used for nothing else.</param>
public sealed class SqliteCommandStore(SqliteDatabase database, TimeProvider time) : ICommandStore
{
    private readonly CommandWatchers _watchers = new();

    public Task<StoredCommand> LoadAsync(FacilityId facility, CommandId command) => database.ReadAsync(db =>
        db.QueryAll(
            "SELECT version, content FROM commands WHERE facility = ?1 AND command = ?2",
            row => new StoredCommand(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            facility.Value, command.Value) is [var found] ? found : default);

    public async Task<bool> CommitAsync(
        FacilityId facility, GateId gate, CommandId command, long expectedVersion, ReadOnlyMemory<byte> content, Instant? waitsUntil)
    {
        object until = waitsUntil is { } waits ? waits.ToUnixTimeMilliseconds() : DBNull.Value;
        var (bytes, now) = (content.ToArray(), time.GetCurrentInstant().ToUnixTimeTicks());
        var isCommitted = await database.RunAsync(db =>
        {
            var changed = expectedVersion == 0
                ? db.Execute(
                    "INSERT INTO commands VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                    facility.Value, command.Value, gate.Value, bytes, until, now)
                : db.Execute(
                    """
                    UPDATE commands SET version = version + 1, content = ?4, waits_until = ?5, changed_at = ?6
                    WHERE facility = ?1 AND command = ?2 AND version = ?3
                    """,
                    facility.Value, command.Value, expectedVersion, bytes, until, now);
            return changed == 1 && db.Execute(
                "INSERT INTO unchained (facility, version, content) VALUES (?1, ?2, ?3)", facility.Value, expectedVersion + 1, bytes) == 1;
        });
        if (isCommitted)
        {
            _watchers.Wake(facility, command);
        }

        return isCommitted;
    }

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> WaitingAsync(FacilityId facility, GateId gate, Instant now) =>
        database.ReadAsync<IReadOnlyList<ReadOnlyMemory<byte>>>(db => db.QueryAll(
            "SELECT content FROM commands WHERE facility = ?1 AND gate = ?2 AND waits_until IS NOT NULL AND waits_until > ?3",
            row => (ReadOnlyMemory<byte>)row.GetFieldValue<byte[]>(0),
            facility.Value, gate.Value, now.ToUnixTimeMilliseconds()));

    public Task<IReadOnlyList<UnchainedCommand>> UnchainedAsync(FacilityId facility, int limit) =>
        database.ReadAsync<IReadOnlyList<UnchainedCommand>>(db => db.QueryAll(
            "SELECT version, content FROM unchained WHERE facility = ?1 ORDER BY id LIMIT ?2",
            row => new UnchainedCommand(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            facility.Value, limit));

    public Task RemoveUnchainedAsync(FacilityId facility, IReadOnlyList<UnchainedCommand> chained) => database.RunAsync(db =>
        chained.Sum(one => db.Execute(
            """
            DELETE FROM unchained WHERE id =
              (SELECT id FROM unchained WHERE facility = ?1 AND version = ?2 AND content = ?3 ORDER BY id LIMIT 1)
            """,
            facility.Value, one.Version, one.Content.ToArray())));

    public Task ForgetCommandsAsync(Instant changedBy) =>
        database.RunAsync(db => db.Execute("DELETE FROM commands WHERE changed_at <= ?1", changedBy.ToUnixTimeTicks()));

    public Task<IDisposable> WatchAsync(FacilityId facility, Action<CommandId?> changed) =>
        Task.FromResult(_watchers.Add(facility, changed));
}
