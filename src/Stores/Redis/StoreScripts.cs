using Parking.Ports;

namespace Parking.Stores.Redis;

/// <summary>The steps that Redis does as one. Nothing is decided here: they compare, keep, and count.</summary>
/// <remarks>
/// <para>KEYS and ARGV stand above each script in their order. Numbers up to 2^53 are exact in Lua, but <c>tostring</c> would
/// round them: they are written with %.0f. 0 is true in Lua, so every answer of Redis is compared with what it should be.</para>
/// <para>A missing key or field is <c>false</c> to GET and HGET, an empty string to GETRANGE.</para>
/// </remarks>
internal static class StoreScripts
{
    /// <summary>
    /// Replaces a timeline by its next version. If the version is not the expected one (nothing, for version 0), the outcome is 0.
    /// Otherwise first the outgoing list names the new version, then it is written: torn apart, that costs one needless visit. 1.
    /// KEYS: timeline, outgoing. ARGV: expected version (empty for 0), new version, holder, content.
    /// </summary>
    public const string Commit = """
        if redis.call('GETRANGE', KEYS[1], 0, 7) ~= ARGV[1] then
          return 0
        end
        redis.call('RPUSH', KEYS[2], ARGV[3] .. ARGV[2])
        redis.call('SET', KEYS[1], ARGV[2] .. ARGV[4])
        return 1
        """;

    /// <summary>
    /// Replaces a garage, or a facility's log, by its next version: as <see cref="Commit"/>, but nobody is told.
    /// KEYS: garage or log. ARGV: expected version (empty for 0), new version, content.
    /// </summary>
    public const string Replace = """
        if redis.call('GETRANGE', KEYS[1], 0, 7) ~= ARGV[1] then
          return 0
        end
        redis.call('SET', KEYS[1], ARGV[2] .. ARGV[3])
        return 1
        """;

    /// <summary>
    /// Reserves. The outcome is a <see cref="ReservationStatus"/>, the answer if there is one, the prefix, and how many places others have.
    /// 1. Answered before: Answered with that answer if the fingerprint is the same, otherwise OtherContent.
    /// 2. Pending with another fingerprint: OtherContent.
    /// 3. Not pending, and the prefix covers it: Forgotten. Otherwise it is noted as pending, anew if it was.
    /// 4. No place asked for: Reserved.
    /// 5. Of the taken places neither the one that is to be replaced nor this event's own counts.
    /// 6. This event has its place already: Reserved. Others leave capacity: the place is this event's, Reserved. Otherwise Full.
    /// KEYS: answers, mark, pending, places.
    /// ARGV: number in bucket, number, event, pending value (begins with the fingerprint), holder, capacity (empty: none enforced;
    /// 'none': no place asked for), replaced event (empty for none).
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
          return {0, '', prefix, others}
        end
        return {1, '', prefix, others}
        """;

    /// <summary>
    /// Marks. The outcome is a <see cref="MarkingStatus"/>, the answer that stands, and the prefix by then.
    /// 1. Answered or pending with another fingerprint: OtherContent, and nothing is changed.
    /// 2. The places are given back.
    /// 3. Neither answered nor pending, and the prefix covers it: Forgotten.
    /// 4. Not answered: the answer is kept and the event is no longer pending. Answered: the answer that was there stands.
    /// 5. The number is counted in: beyond a gap it waits in the sorted set; next to the prefix, the prefix moves over it and over
    ///    all that wait right behind it.
    /// KEYS: answers, mark, ahead, pending, places.
    /// ARGV: number in bucket, number, event, fingerprint, answer, lifetime in seconds, places to give back ….
    /// </summary>
    public const string Mark = """
        local prefix = redis.call('GET', KEYS[2]) or '0'
        local kept = redis.call('HGET', KEYS[1], ARGV[1])
        local bound = redis.call('HGET', KEYS[4], ARGV[3])
        local content = kept or bound
        if content ~= false and string.sub(content, 1, 8) ~= ARGV[4] then
          return {2, '', prefix}
        end

        for i = 7, #ARGV do
          redis.call('HDEL', KEYS[5], ARGV[i])
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
    /// Abandons: if the event is pending with exactly this value, it no longer is, and its place is given back. 1, or 0 if not.
    /// KEYS: pending, places. ARGV: event, pending value.
    /// </summary>
    public const string Abandon = """
        if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
          return 0
        end
        redis.call('HDEL', KEYS[1], ARGV[1])
        redis.call('HDEL', KEYS[2], ARGV[1])
        return 1
        """;

    /// <summary>
    /// Takes places, each unless it is taken, and says how many were not.
    /// KEYS: places. ARGV: holder, events ….
    /// </summary>
    public const string Restore = """
        local taken = 0
        for i = 2, #ARGV do
          taken = taken + redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[1])
        end
        return taken
        """;

    /// <summary>
    /// Counts numbers in: all that the prefix does not cover wait in the sorted set, then it moves over those right behind it. 1.
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
    /// Counts everything in up to a number: what waits up to there waits no more, then the prefix moves on over those right behind it. The prefix by then.
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
