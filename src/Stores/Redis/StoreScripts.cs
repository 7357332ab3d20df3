using Parking.Ports;

namespace Parking.Stores.Redis;

/// <summary>The steps that Redis runs as one. They decide nothing: they compare, keep and count.</summary>
/// <remarks>
/// <para>KEYS and ARGV are listed above each script in their order. Numbers up to 2^53 are exact in Lua, but <c>tostring</c> would round
/// them, so they are written with %.0f. 0 is true in Lua, so every reply of Redis is compared with the expected value.</para>
/// <para>A missing key or field is <c>false</c> for GET and HGET, and an empty string for GETRANGE.</para>
/// </remarks>
internal static partial class StoreScripts
{
    /// <summary>
    /// Replaces a timeline by its next version. Returns 0 if the version is not the expected one (empty for version 0); otherwise 1.
    /// The outgoing list and the archive's feed name the new version first, then the version is written: if Redis is killed in between,
    /// they cause one needless visit.
    /// KEYS: timeline, outgoing, archive. ARGV: expected version (empty for 0), new version, holder, content.
    /// </summary>
    public const string Commit = """
        if redis.call('GETRANGE', KEYS[1], 0, 7) ~= ARGV[1] then
          return 0
        end
        redis.call('RPUSH', KEYS[2], ARGV[3] .. ARGV[2])
        redis.call('HSET', KEYS[3], ARGV[3], ARGV[2])
        redis.call('SET', KEYS[1], ARGV[2] .. ARGV[4])
        return 1
        """;

    /// <summary>
    /// Replaces a vehicle account, or a facility's log, by its next version. Like <see cref="Commit"/>, without an outgoing list.
    /// KEYS: vehicle account or log. ARGV: expected version (empty for 0), new version, content.
    /// </summary>
    public const string Replace = """
        if redis.call('GETRANGE', KEYS[1], 0, 7) ~= ARGV[1] then
          return 0
        end
        redis.call('SET', KEYS[1], ARGV[2] .. ARGV[3])
        return 1
        """;

    /// <summary>
    /// Reserves. Returns a <see cref="ReservationStatus"/>, the answer if there is one, the prefix, and how many spaces others have.
    /// 1. The event was answered before: Answered with that answer if the fingerprint is the same, otherwise OtherContent.
    /// 2. The event is pending with another fingerprint: OtherContent.
    /// 3. The event is not pending, and the prefix covers it: Forgotten. Otherwise it is noted as pending, again if it was.
    /// 4. No space is requested: Reserved.
    /// 5. Count the spaces of others: neither the space that is to be replaced nor this event's own space counts.
    /// 6. This event has its space already: Reserved. Others leave capacity: this event gets a space, Reserved. Otherwise Full.
    /// KEYS: answers, mark, pending, spaces, watch.
    /// ARGV: number in bucket, number, event, pending value (begins with the fingerprint), holder, capacity (empty: none is enforced;
    /// 'none': no space is requested), replaced event (empty for none).
    /// </summary>
    public const string Reserve = """
        local prefix = redis.call('GET', KEYS[2]) or '0'
        local fingerprint = string.sub(ARGV[4], 1, 8)

        local kept = redis.call('HGET', KEYS[1], ARGV[1])
        if kept ~= false then
          if string.sub(kept, 1, 8) == fingerprint then
            return {2, string.sub(kept, 9), prefix, 0}
          end
          return {3, '', prefix, 0}
        end

        local bound = redis.call('HGET', KEYS[3], ARGV[3])
        if bound ~= false then
          if string.sub(bound, 1, 8) ~= fingerprint then
            return {3, '', prefix, 0}
          end
        elseif tonumber(ARGV[2]) <= tonumber(prefix) then
          return {4, '', prefix, 0}
        end
        redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])

        if ARGV[6] == 'none' then
          return {0, '', prefix, 0}
        end

        local own = redis.call('HEXISTS', KEYS[4], ARGV[3])
        local others = redis.call('HLEN', KEYS[4]) - own
        if ARGV[7] ~= '' and ARGV[7] ~= ARGV[3] then
          others = others - redis.call('HEXISTS', KEYS[4], ARGV[7])
        end

        if own == 1 then
          return {0, '', prefix, others}
        end
        if ARGV[6] == '' or others < tonumber(ARGV[6]) then
          redis.call('HSET', KEYS[4], ARGV[3], ARGV[5])
          redis.call('HINCRBY', KEYS[5], '/changes', 1)
          return {0, '', prefix, others}
        end
        return {1, '', prefix, others}
        """;

    /// <summary>
    /// Marks. Returns a <see cref="MarkingStatus"/>, the answer that stands, and the prefix afterwards.
    /// 1. The event is answered or pending with another fingerprint: OtherContent, and nothing changes.
    /// 2. The spaces are given back.
    /// 3. The event is neither answered nor pending, and the prefix covers it: Forgotten.
    /// 4. Not answered: the answer is kept, and the event is no longer pending. Answered: the earlier answer stands.
    /// 5. The number is counted in. Beyond a gap it waits in the sorted set. Next to the prefix, the prefix moves over it and over all
    ///    numbers that wait directly after it.
    /// KEYS: answers, mark, ahead, pending, spaces, watch.
    /// ARGV: number in bucket, number, event, fingerprint, answer, lifetime in seconds, spaces to give back ….
    /// </summary>
    public const string Mark = """
        local prefix = redis.call('GET', KEYS[2]) or '0'
        local kept = redis.call('HGET', KEYS[1], ARGV[1])
        local bound = redis.call('HGET', KEYS[4], ARGV[3])
        local content = kept or bound
        if content ~= false and string.sub(content, 1, 8) ~= ARGV[4] then
          return {2, '', prefix}
        end

        local freed = 0
        for i = 7, #ARGV do
          freed = freed + redis.call('HDEL', KEYS[5], ARGV[i])
        end
        if freed > 0 then
          redis.call('HINCRBY', KEYS[6], '/changes', freed)
        end

        local seq = tonumber(ARGV[2])
        local through = tonumber(prefix)
        if content == false and seq <= through then
          return {3, '', prefix}
        end

        local status = 1
        local answer = ARGV[5]
        if kept == false then
          status = 0
          redis.call('HSET', KEYS[1], ARGV[1], ARGV[4] .. answer)
          redis.call('EXPIRE', KEYS[1], ARGV[6])
          redis.call('HDEL', KEYS[4], ARGV[3])
        else
          answer = string.sub(kept, 9)
        end

        if seq > through + 1 then
          redis.call('ZADD', KEYS[3], ARGV[2], ARGV[2])
          redis.call('EXPIRE', KEYS[3], ARGV[6])
        elseif seq == through + 1 then
          through = seq
          while redis.call('ZREM', KEYS[3], string.format('%.0f', through + 1)) == 1 do
            through = through + 1
          end
          prefix = string.format('%.0f', through)
          redis.call('SET', KEYS[2], prefix)
        end
        return {status, answer, prefix}
        """;

    /// <summary>
    /// Abandons: if the event is pending with exactly this value, ends the pending state, gives its space back, and returns 1; otherwise 0.
    /// KEYS: pending, spaces, watch. ARGV: event, pending value.
    /// </summary>
    public const string Abandon = """
        if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
          return 0
        end
        redis.call('HDEL', KEYS[1], ARGV[1])
        if redis.call('HDEL', KEYS[2], ARGV[1]) == 1 then
          redis.call('HINCRBY', KEYS[3], '/changes', 1)
        end
        return 1
        """;

    /// <summary>
    /// Takes each space that is not taken, and returns how many were not taken.
    /// KEYS: spaces, watch. ARGV: holder, events ….
    /// </summary>
    public const string Restore = """
        local taken = 0
        for i = 2, #ARGV do
          taken = taken + redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[1])
        end
        if taken > 0 then
          redis.call('HINCRBY', KEYS[2], '/changes', taken)
        end
        return taken
        """;

    /// <summary>
    /// Gives each space back that is taken, and returns how many were taken.
    /// KEYS: spaces, watch. ARGV: events ….
    /// </summary>
    public const string GiveBack = """
        local freed = redis.call('HDEL', KEYS[1], unpack(ARGV))
        if freed > 0 then
          redis.call('HINCRBY', KEYS[2], '/changes', freed)
        end
        return freed
        """;

    /// <summary>
    /// Closes a facility or opens it. Returns 1 if it was not like that before; otherwise 0.
    /// KEYS: watch. ARGV: 1 to close, 0 to open.
    /// </summary>
    public const string SetClosed = """
        local changed
        if ARGV[1] == '1' then
          changed = redis.call('HSETNX', KEYS[1], '/closed', '')
        else
          changed = redis.call('HDEL', KEYS[1], '/closed')
        end
        if changed == 1 then
          redis.call('HINCRBY', KEYS[1], '/changes', 1)
        end
        return changed
        """;

    /// <summary>
    /// Counts numbers in: all that the prefix does not cover wait in the sorted set, then the prefix moves over those directly after it.
    /// Returns 1.
    /// KEYS: mark, ahead. ARGV: lifetime in seconds, numbers ….
    /// </summary>
    public const string Acknowledge = """
        local through = tonumber(redis.call('GET', KEYS[1]) or '0')
        for i = 2, #ARGV do
          if tonumber(ARGV[i]) > through then
            redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i])
          end
        end
        redis.call('EXPIRE', KEYS[2], ARGV[1])

        local from = through
        while redis.call('ZREM', KEYS[2], string.format('%.0f', through + 1)) == 1 do
          through = through + 1
        end
        if through > from then
          redis.call('SET', KEYS[1], string.format('%.0f', through))
        end
        return 1
        """;

    /// <summary>
    /// Counts in everything up to a number: numbers that wait up to there are removed, then the prefix moves there and over those directly
    /// after it. Returns the prefix afterwards.
    /// KEYS: mark, ahead. ARGV: number.
    /// </summary>
    public const string PassOver = """
        local prefix = redis.call('GET', KEYS[1]) or '0'
        local through = tonumber(ARGV[1])
        if through <= tonumber(prefix) then
          return prefix
        end
        redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])
        while redis.call('ZREM', KEYS[2], string.format('%.0f', through + 1)) == 1 do
          through = through + 1
        end
        prefix = string.format('%.0f', through)
        redis.call('SET', KEYS[1], prefix)
        return prefix
        """;
}
