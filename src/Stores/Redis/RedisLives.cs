using NodaTime;
using Parking.Ports;
using Parking.Stores.Lives;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>
/// Follows the lives of a Redis and all its shards. Each shard has an identity in a key of its own (<see cref="StoreKeys.Shard"/>), with a
/// note of the time until which it kept everything. All instances share one record of the epochs and the shards
/// (<see cref="StoreKeys.About"/>), and change it by compare-and-swap.
/// </summary>
/// <remarks>
/// <para>A new epoch begins if a shard lost its identity (emptied, or restored from a copy of something else: everything is to be sent
/// again), if its key is owned by a process that no shard of the record had (started anew, restored, or replaced by its replica: everything
/// since shortly before its note), or if its note is older than the one that this instance made (restored while it ran). A slot that moves
/// between processes of the record changes nothing.</para>
/// <para>An instance remembers the record: one that is lost together with its shard is written again, with its history.</para>
/// </remarks>
/// <param name="time">Dates epochs and notes.</param>
internal sealed class RedisLives(TimeProvider time)
{
    private IReadOnlyDictionary<string, long> _notes = new Dictionary<string, long>();
    private LifeRecord? _known;

    /// <summary>The life as the last look found it.</summary>
    /// <exception cref="InvalidOperationException">There was none.</exception>
    public StoreLife Life => _known?.Life ?? throw new InvalidOperationException("Nobody has looked yet.");

    /// <summary>Looks at the record and at every shard, and then writes the time into each of them.</summary>
    public async Task LookAsync(IDatabase db, RedisShards shards)
    {
        while (true)
        {
            // What is written until now is older than the note will be, even if a shard is replaced in between.
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            var stored = await db.HashGetAsync(StoreKeys.About, StoreKeys.LifeField);
            var before = stored.IsNull ? _known : Extend(LifeRecordJson.Read(stored!));
            var after = await CompareAsync(db, shards, before, now);
            if ((stored.IsNull || !ReferenceEquals(after, before)) && !await SwapAsync(db, stored, LifeRecordJson.Write(after)))
            {
                continue;
            }

            _known = after;
            if (await NoteAsync(db, after.Shards, now))
            {
                return;
            }
        }
    }

    /// <summary>The stored record with the history that this instance knows, if that is longer.</summary>
    private LifeRecord Extend(LifeRecord stored) =>
        LifeRecord.Later(stored.Life, _known?.Life) is { } life && life != stored.Life ? stored with { Life = life } : stored;

    private async Task<LifeRecord> CompareAsync(IDatabase db, RedisShards shards, LifeRecord? before, Instant now)
    {
        Instant? resendFrom = before is null ? StoreEpoch.Everything : null;
        var known = (before?.Shards ?? []).Select(shard => shard.Process).ToHashSet();
        var after = new List<ShardLife>();
        foreach (var shard in before?.Shards ?? [])
        {
            var (identity, keptUntil, notes) = await IdentifyAsync(db, shard.Key);
            var process = shards.OwnerOf(shard.Key);
            if (identity != shard.Identity)
            {
                resendFrom = StoreEpoch.Everything;
            }
            else if (!known.Contains(process) || notes < _notes.GetValueOrDefault(identity))
            {
                resendFrom = Instant.Min(resendFrom ?? Instant.MaxValue, LifeRecord.ResendFrom(keptUntil));
            }

            if (after.TrueForAll(other => other.Process != process))
            {
                after.Add(new(shard.Key, identity, process));
            }
        }

        foreach (var process in shards.Processes.Where(process => after.TrueForAll(shard => shard.Process != process)))
        {
            var key = shards.KeyFor(process);
            after.Add(new(key, (await IdentifyAsync(db, key)).Identity, process));
        }

        if (resendFrom is { } from)
        {
            var next = LifeRecord.DrawEpoch(now, from);
            return new(before?.Life.Begin(next) ?? new([next]), after);
        }

        return before!.Shards.SequenceEqual(after) ? before : before with { Shards = after };
    }

    /// <summary>
    /// Reads the identity and the note of a shard. A shard without an identity gets a new one, so that all notice what it lost.
    /// </summary>
    private static async Task<(string Identity, Instant? KeptUntil, long Notes)> IdentifyAsync(IDatabase db, string key)
    {
        var parts = (RedisValue[])(await db.ScriptEvaluateAsync(StoreScripts.Identify, [key], [LifeRecord.DrawIdentity()]))!;
        return ((string)parts[0]!, parts[1].IsNullOrEmpty ? null : Instant.FromUnixTimeMilliseconds((long)parts[1]), (long)parts[2]);
    }

    private static async Task<bool> SwapAsync(IDatabase db, RedisValue expected, RedisValue next)
    {
        RedisValue[] swap = [StoreKeys.LifeField, expected.IsNull ? RedisValue.EmptyString : expected, next];
        return (int)await db.ScriptEvaluateAsync(StoreScripts.SwapField, [StoreKeys.About], swap) == 1;
    }

    /// <returns>False if a shard has lost its identity meanwhile.</returns>
    private async Task<bool> NoteAsync(IDatabase db, IReadOnlyList<ShardLife> shards, Instant now)
    {
        var noted = await Task.WhenAll(shards.Select(async shard => (long)await db.ScriptEvaluateAsync(
            StoreScripts.Note, [shard.Key], [shard.Identity, now.ToUnixTimeMilliseconds()])));
        _notes = shards.Zip(noted).ToDictionary(pair => pair.First.Identity, pair => pair.Second);
        return noted.All(count => count > 0);
    }
}

/// <summary>
/// The primaries of a Redis, as they are now. Each process is named by the random <c>run_id</c> that it drew at its start.
/// </summary>
internal sealed class RedisShards
{
    private readonly ClusterConfiguration? _cluster;
    private readonly IReadOnlyList<(IServer Server, string Process)> _primaries;

    private RedisShards(ClusterConfiguration? cluster, IReadOnlyList<(IServer Server, string Process)> primaries) =>
        (_cluster, _primaries) = (cluster, primaries);

    /// <summary>The run ids of the primaries. Without a cluster, there is one shard, whatever number of servers has it.</summary>
    public IEnumerable<string> Processes => _primaries.Select(primary => primary.Process);

    public static async Task<RedisShards> ReadAsync(IReadOnlyList<IServer> primaries)
    {
        var read = await Task.WhenAll(primaries.Select(async primary => (primary, await ReadRunIdAsync(primary))));
        if (primaries.FirstOrDefault(primary => primary.ServerType == ServerType.Cluster) is { } member)
        {
            return new(await member.ClusterNodesAsync(), read);
        }

        var all = string.Join(' ', read.Select(one => one.Item2).Order(StringComparer.Ordinal));
        return new(null, [(primaries[0], all)]);
    }

    /// <summary>The run id of the primary that owns the key's slot.</summary>
    /// <exception cref="StoreUnavailableException">No primary owns it.</exception>
    public string OwnerOf(string key)
    {
        if (_cluster is null)
        {
            return _primaries[0].Process;
        }

        var owner = _cluster.GetBySlot((RedisKey)key)?.EndPoint;
        return _primaries.FirstOrDefault(primary => primary.Server.EndPoint.Equals(owner)).Process
            ?? throw new StoreUnavailableException("Redis cannot be used: a slot of the cluster has no primary.");
    }

    /// <summary>The first key of <see cref="StoreKeys.Shard"/> that this primary owns.</summary>
    public string KeyFor(string process)
    {
        for (var n = 0; ; n++)
        {
            if (StoreKeys.Shard(n).ToString() is var key && OwnerOf(key) == process)
            {
                return key;
            }
        }
    }

    private static async Task<string> ReadRunIdAsync(IServer primary) =>
        (await primary.InfoAsync("server")).SelectMany(section => section).FirstOrDefault(line => line.Key == "run_id").Value ?? "";
}
