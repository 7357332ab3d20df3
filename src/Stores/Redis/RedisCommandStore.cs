using System.Collections.Concurrent;
using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Keeps commands to gates in the same Redis as the live stays, and wakes up instances by its sharded channels.</summary>
public sealed class RedisCommandStore : ICommandStore
{
    private static readonly long RetentionSeconds = (long)ICommandStore.Retention.TotalSeconds;

    /// <summary>No command waits for longer than a minute.</summary>
    private const int WaitingSeconds = 3600;

    private readonly RedisConnection _redis;
    private readonly CommandWatchers _watchers = new();
    private readonly ConcurrentDictionary<FacilityId, bool> _subscribed = new();

    public RedisCommandStore(RedisConnection redis)
    {
        _redis = redis;

        // What was published while the connection was away is lost.
        redis.Interrupted += _watchers.WakeAll;
    }

    public Task<StoredCommand> LoadAsync(FacilityId facility, CommandId command) => _redis.RunAsync(async db =>
    {
        var (version, content) = RedisBytes.ReadVersioned(await db.StringGetAsync(StoreKeys.Command(facility, command)));
        return new StoredCommand(version, content);
    });

    public Task<bool> CommitAsync(
        FacilityId facility, GateId gate, CommandId command, long expectedVersion, ReadOnlyMemory<byte> content, Instant? waitsUntil) =>
        _redis.RunAsync(async db =>
        {
            var outcome = await db.ScriptEvaluateAsync(
                StoreScripts.CommitCommand,
                [StoreKeys.Command(facility, command), StoreKeys.Waiting(facility, gate), StoreKeys.Unchained(facility)],
                [
                    RedisBytes.VersionOrNone(expectedVersion),
                    RedisBytes.Of(expectedVersion + 1),
                    content,
                    RetentionSeconds,
                    command.Value,
                    waitsUntil is { } until ? until.ToUnixTimeMilliseconds() : RedisValue.EmptyString,
                    WaitingSeconds,
                    StoreKeys.CommandsChanged(facility).ToString(),
                ]);
            return (int)outcome == 1;
        });

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> WaitingAsync(FacilityId facility, GateId gate, Instant now) =>
        _redis.RunAsync<IReadOnlyList<ReadOnlyMemory<byte>>>(async db =>
        {
            var waiting = await db.SortedSetRangeByScoreAsync(
                StoreKeys.Waiting(facility, gate), now.ToUnixTimeMilliseconds(), exclude: Exclude.Start);
            var contents = await Task.WhenAll(waiting.Select(id =>
                db.StringGetAsync(StoreKeys.Command(facility, CommandId.Parse(id.ToString())))));
            return [.. contents.Select(RedisBytes.ReadVersioned).Where(found => found.Version > 0).Select(found => found.Content)];
        });

    public Task<IReadOnlyList<UnchainedCommand>> UnchainedAsync(FacilityId facility, int limit) =>
        _redis.RunAsync<IReadOnlyList<UnchainedCommand>>(async db => limit == 0
            ? []
            :
            [
                .. (await db.ListRangeAsync(StoreKeys.Unchained(facility), 0, limit - 1)).Select(RedisBytes.ReadVersioned)
                    .Select(one => new UnchainedCommand(one.Version, one.Content)),
            ]);

    public Task RemoveUnchainedAsync(FacilityId facility, IReadOnlyList<UnchainedCommand> chained) =>
        _redis.RunAsync(db => Task.WhenAll(chained.Select(one => db.ListRemoveAsync(
            StoreKeys.Unchained(facility), (byte[])[.. RedisBytes.Of(one.Version), .. one.Content.Span], count: 1))));

    public Task ForgetCommandsAsync(Instant changedBy) => Task.CompletedTask;

    /// <remarks>An instance stays subscribed to a facility: its gates come back to it, and a channel without news costs nothing.</remarks>
    public async Task<IDisposable> WatchAsync(FacilityId facility, Action<CommandId?> changed)
    {
        var watcher = _watchers.Add(facility, changed);
        try
        {
            await SubscribeAsync(facility);
            return watcher;
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }

    /// <remarks>Two at once may subscribe twice. Whoever watches is then called twice.</remarks>
    private async Task SubscribeAsync(FacilityId facility)
    {
        if (_subscribed.ContainsKey(facility))
        {
            return;
        }

        await _redis.RunAsync(async db =>
        {
            await db.Multiplexer.GetSubscriber().SubscribeAsync(
                StoreKeys.CommandsChanged(facility),
                (_, name) => _watchers.Wake(facility, CommandId.TryParse(name, out var command) ? command : null));
            return true;
        });
        _subscribed[facility] = true;
    }
}
