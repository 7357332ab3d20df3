namespace Parking.Stores.Redis;

/// <summary>The steps that replace single values: what the store keeps about itself, the archive's feed, and commands to gates.</summary>
internal static partial class StoreScripts
{
    /// <summary>
    /// Returns the identity of a shard, the time until which it kept everything (empty: unknown), and how often that was noted. A shard
    /// without identity gets the proposed one.
    /// KEYS: shard. ARGV: proposed identity.
    /// </summary>
    public const string Identify = """
        local identity = redis.call('HGET', KEYS[1], 'id')
        if identity == false then
          redis.call('DEL', KEYS[1])
          redis.call('HSET', KEYS[1], 'id', ARGV[1])
          return {ARGV[1], '', 0}
        end
        return {identity, redis.call('HGET', KEYS[1], 'kept') or '', tonumber(redis.call('HGET', KEYS[1], 'notes') or '0')}
        """;

    /// <summary>
    /// Notes until when a shard kept everything, if it has the expected identity. Returns how often that was noted; otherwise 0.
    /// KEYS: shard. ARGV: expected identity, Unix milliseconds.
    /// </summary>
    public const string Note = """
        if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then
          return 0
        end
        redis.call('HSET', KEYS[1], 'kept', ARGV[2])
        return redis.call('HINCRBY', KEYS[1], 'notes', 1)
        """;

    /// <summary>
    /// Writes each field that is missing, and returns the values that the fields have then.
    /// KEYS: hash. ARGV: field, value ….
    /// </summary>
    public const string KeepFields = """
        local kept = {}
        for i = 1, #ARGV, 2 do
          redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1])
          kept[#kept + 1] = redis.call('HGET', KEYS[1], ARGV[i])
        end
        return kept
        """;

    /// <summary>
    /// Replaces a field of a hash if it has the expected value (empty: it is missing). Returns 1; otherwise 0.
    /// KEYS: hash. ARGV: field, expected value, new value.
    /// </summary>
    public const string SwapField = """
        if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then
          return 0
        end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
        return 1
        """;

    /// <summary>
    /// Replaces a value if it is the expected one. Returns 1; otherwise 0, also if there is none.
    /// KEYS: string. ARGV: expected value, new value.
    /// </summary>
    public const string Swap = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then
          return 0
        end
        redis.call('SET', KEYS[1], ARGV[2])
        return 1
        """;

    /// <summary>
    /// Raises a number that lives for a while. Returns 0 if it is as high already; otherwise 1.
    /// KEYS: string. ARGV: number, in decimal; lifetime in milliseconds.
    /// </summary>
    public const string Raise = """
        if tonumber(redis.call('GET', KEYS[1]) or '-1') >= tonumber(ARGV[1]) then
          return 0
        end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    /// <summary>
    /// Replaces a string if it is the expected one. Returns 1; otherwise 0.
    /// KEYS: string. ARGV: expected text (empty for none), text.
    /// </summary>
    public const string SwapText = """
        if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then
          return 0
        end
        redis.call('SET', KEYS[1], ARGV[2])
        return 1
        """;

    /// <summary>
    /// Replaces what is kept of a wall screen if it is what was expected. Returns 1; otherwise 0.
    /// KEYS: screens. ARGV: id, expected content (empty for none), content.
    /// </summary>
    public const string SwapScreen = """
        if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then
          return 0
        end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
        return 1
        """;

    /// <summary>
    /// Notes when a wall screen was seen, unless there is no such screen or it was seen later. Returns 1; otherwise 0.
    /// KEYS: screens. ARGV: id, name of the field with when it was seen, Unix milliseconds in decimal.
    /// </summary>
    public const string SeeScreen = """
        if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0
            or tonumber(redis.call('HGET', KEYS[1], ARGV[2]) or '-1') >= tonumber(ARGV[3]) then
          return 0
        end
        redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
        return 1
        """;

    /// <summary>
    /// Acknowledges a batch of the archive if the last one is the expected one. Returns 1; otherwise 0. The batch is kept first, then each
    /// timeline that is still named at the version at which it was listed is removed: if Redis is killed in between, the archive takes some
    /// over again.
    /// KEYS: archive, archived. ARGV: expected batch (empty for none), batch, then holder, version ….
    /// </summary>
    public const string AcknowledgeArchived = """
        if (redis.call('GET', KEYS[2]) or '') ~= ARGV[1] then
          return 0
        end
        redis.call('SET', KEYS[2], ARGV[2])
        for i = 3, #ARGV, 2 do
          if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
            redis.call('HDEL', KEYS[1], ARGV[i])
          end
        end
        return 1
        """;

    /// <summary>
    /// Replaces a command by its next version. Returns 0 if the version is not the expected one (empty for version 0); otherwise 1.
    /// 1. The new version is appended to what is not chained, then written: if Redis is killed in between, a version is chained twice.
    /// 2. The command is put among those that wait for its gate, or taken from there. Those that nobody claimed long ago are dropped.
    /// 3. Whoever listens is woken.
    /// KEYS: command, waiting, unchained.
    /// ARGV: expected version (empty for 0), new version, content, lifetime in seconds, id, until when it waits (empty: it does not),
    /// lifetime of the waiting in seconds, channel.
    /// </summary>
    public const string CommitCommand = """
        if redis.call('GETRANGE', KEYS[1], 0, 7) ~= ARGV[1] then
          return 0
        end
        redis.call('RPUSH', KEYS[3], ARGV[2] .. ARGV[3])
        redis.call('SET', KEYS[1], ARGV[2] .. ARGV[3], 'EX', ARGV[4])
        if ARGV[6] == '' then
          redis.call('ZREM', KEYS[2], ARGV[5])
        else
          redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[6] - ARGV[7] * 1000)
          redis.call('ZADD', KEYS[2], ARGV[6], ARGV[5])
          redis.call('EXPIRE', KEYS[2], ARGV[7])
        end
        redis.call('SPUBLISH', ARGV[8], ARGV[5])
        return 1
        """;

    /// <summary>
    /// Adds revoked certificates, each with the next number; one that is there keeps its number. Drops those that have expired by a time.
    /// Returns 1.
    /// KEYS: certificates by number, the same by expiry, newest number.
    /// ARGV: that time in Unix seconds; then for each certificate its member and the Unix second of its expiry.
    /// </summary>
    public const string Revoke = """
        for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])) do
          redis.call('ZREM', KEYS[1], member)
          redis.call('ZREM', KEYS[2], member)
        end
        for at = 2, #ARGV, 2 do
          if redis.call('ZADD', KEYS[2], 'NX', ARGV[at + 1], ARGV[at]) == 1 then
            redis.call('ZADD', KEYS[1], redis.call('INCR', KEYS[3]), ARGV[at])
          end
        end
        return 1
        """;
}
