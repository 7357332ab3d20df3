using System.Globalization;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Every key of the service in Redis, with its type, its content and its lifetime.</summary>
/// <remarks>
/// <para>The part in braces selects the cluster's slot. Everything that one script touches shares it: a holder's partition, or a facility.
/// Numbers in values are 8 big-endian bytes unless said otherwise. Events are written by <see cref="EventIdBytes"/>.</para>
/// <para>A lifetime is garbage collection: no rule depends on one. Keys without a lifetime stay until their content is gone.</para>
/// </remarks>
internal static class StoreKeys
{
    /// <summary>The number of partitions of holders. It never changes: it is part of the keys.</summary>
    public const int Partitions = 256;

    /// <summary>
    /// The version of the keys, their types and their values. A database without <see cref="LayoutField"/> is of version 1 too.
    /// </summary>
    public const int Layout = 1;

    /// <summary>Finds every <see cref="Timeline"/> key.</summary>
    public const string TimelinePattern = "{p:*}:t:*";

    /// <summary>
    /// How many of a journal's answers share a key. Few enough that Redis keeps them as one compact list (at most
    /// <c>hash-max-listpack-entries</c> entries, each of at most <c>hash-max-listpack-value</c> = 64 bytes).
    /// </summary>
    public const int AnswersPerBucket = 64;

    /// <summary>Ends the name of a field of <see cref="Watch"/> that has a gate's heartbeat. No gate's id contains it.</summary>
    public const char BeatSuffix = '/';

    /// <summary>The field of <see cref="Watch"/> that exists while the facility is closed. No gate's id is like it.</summary>
    public const string ClosedField = "/closed";

    /// <summary>The field of <see cref="Watch"/> that counts changes. No gate's id is like it. The scripts name it, too.</summary>
    public const string ChangesField = "/changes";

    /// <summary>Ends the name of a field of <see cref="Screens"/> that has when a screen was seen. No screen's id contains it.</summary>
    public const string SeenSuffix = "/seen";

    /// <summary>String: version, then the content. No lifetime. The truth.</summary>
    public static RedisKey Timeline(HolderId holder) => $"{{p:{PartitionOf(holder)}}}:t:{holder}";

    /// <summary>The holder of a key that <see cref="TimelinePattern"/> found.</summary>
    public static HolderId HolderOf(RedisKey timeline) => HolderId.Parse(timeline.ToString().AsSpan()[^16..]);

    /// <summary>String: version, then the content. No lifetime.</summary>
    public static RedisKey VehicleAccount(HolderId holder) => $"{{p:{PartitionOf(holder)}}}:v:{holder}";

    /// <summary>String: version, then the content. No lifetime.</summary>
    public static RedisKey Devices(HolderId holder) => $"{{p:{PartitionOf(holder)}}}:d:{holder}";

    /// <summary>
    /// Sorted set: revoked certificate (digest, Unix second of its expiry; 16 bytes), scored by its number. A member lives until it expires
    /// and the next one is added.
    /// </summary>
    public static RedisKey Revoked => "{revoked}:certificates";

    /// <summary>Sorted set: the same members, scored by the Unix second of their expiry.</summary>
    public static RedisKey RevokedEnds => "{revoked}:ends";

    /// <summary>String: the largest number of a revoked certificate, in decimal. No lifetime.</summary>
    public static RedisKey RevokedNewest => "{revoked}:newest";

    /// <summary>
    /// List of <see cref="Outgoing"/> entries (holder, version; 16 bytes), oldest first. An entry lives until it is handled.
    /// </summary>
    public static RedisKey Outgoing(int partition) => $"{{p:{partition}}}:out";

    /// <summary>
    /// Hash: holder → newest version, of each timeline that the archive has not taken over. A field lives until the archive acknowledges
    /// it.
    /// </summary>
    public static RedisKey Archive(int partition) => $"{{p:{partition}}}:arc";

    /// <summary>String: number and token of the last batch that the archive acknowledged. No lifetime.</summary>
    public static RedisKey Archived(int partition) => $"{{p:{partition}}}:arc:last";

    /// <summary>
    /// String: holder; while it is being erased, then the holder that takes its place. No lifetime. With <see cref="Withdrawal"/>,
    /// <see cref="PageKeys"/>, <see cref="Screens"/>, <see cref="Revoked"/> and its two siblings, <see cref="AuditHead"/>,
    /// <see cref="Simulation"/>, <see cref="About"/> and <see cref="Shard"/>, these are the only keys outside the two kinds of slots.
    /// </summary>
    public static RedisKey Citizen(CitizenKey citizen) => $"citizen:{citizen.Hex}";

    /// <summary>
    /// String: Unix milliseconds, in decimal, up to which a person's sign-ins are withdrawn. Expires
    /// <see cref="IWithdrawalStore.Retention"/> after it was last raised.
    /// </summary>
    public static RedisKey Withdrawal(CitizenKey person) => $"withdrawn:{person.Hex}";

    /// <summary>Hash: name of a key for cookies → the key, sealed. No lifetime: a few small fields.</summary>
    public static RedisKey PageKeys => "page-keys";

    /// <summary>
    /// Hash: id of a wall screen → what is kept of it; and the id with <see cref="SeenSuffix"/> → when it was last seen, in Unix
    /// milliseconds in decimal. No lifetime: a few small fields.
    /// </summary>
    public static RedisKey Screens => "screens";

    /// <summary>String: the last signed head of the audit's chain. No lifetime.</summary>
    public static RedisKey AuditHead => "audit-head";

    /// <summary>Hash: event that opened the stay → holder. A field lives as long as the space is taken.</summary>
    public static RedisKey Spaces(FacilityId facility) => $"{{f:{facility}}}:places";

    /// <summary>
    /// Hash: event that is bound and not answered → fingerprint, holder, Unix ticks of its latest reservation. A field lives until the
    /// event is answered or abandoned.
    /// </summary>
    public static RedisKey Pending(FacilityId facility) => $"{{f:{facility}}}:pending";

    /// <summary>String: the contiguous prefix, in decimal. No lifetime: one small key a journal.</summary>
    public static RedisKey Mark(FacilityId facility, GateId gate, JournalId journal) => $"{{f:{facility}}}:mark:{gate}:{journal}";

    /// <summary>
    /// Sorted set: answered or known numbers above a gap, each scored by itself. Expires <see cref="IJournalStore.AnswerRetention"/> after
    /// the last of them.
    /// </summary>
    public static RedisKey Ahead(FacilityId facility, GateId gate, JournalId journal) => $"{{f:{facility}}}:mark:{gate}:{journal}:ahead";

    /// <summary>
    /// Hash: number within the bucket, in decimal → fingerprint, then the answer. Expires <see cref="IJournalStore.AnswerRetention"/> after
    /// its last answer.
    /// </summary>
    public static RedisKey Answers(FacilityId facility, GateEventId scan) =>
        string.Create(CultureInfo.InvariantCulture, $"{{f:{facility}}}:ans:{scan.Gate}:{scan.Journal}:{scan.Seq / AnswersPerBucket}");

    /// <summary>
    /// Hash: gate → Unix milliseconds of its last sign of life; gate and <see cref="BeatSuffix"/> → journal, last number, prefix and the
    /// barrier's position (1 byte, not always there), as of its last heartbeat; <see cref="ClosedField"/> → empty, while the facility is
    /// closed; <see cref="ChangesField"/> → how often spaces were taken and given back, and the facility closed and opened, in decimal. No
    /// lifetime: two small fields a gate.
    /// </summary>
    public static RedisKey Watch(FacilityId facility) => $"{{f:{facility}}}:watch";

    /// <summary>String: version, then the content. No lifetime; its content is trimmed as it grows.</summary>
    public static RedisKey Log(FacilityId facility) => $"{{f:{facility}}}:log";

    /// <summary>String: version, then the content. Expires <see cref="ICommandStore.Retention"/> after its last change.</summary>
    public static RedisKey Command(FacilityId facility, CommandId command) => $"{{f:{facility}}}:cmd:{command}";

    /// <summary>
    /// Sorted set: commands that wait for a gate, each scored by the Unix milliseconds until which it waits. Expires an hour after the last
    /// was added.
    /// </summary>
    public static RedisKey Waiting(FacilityId facility, GateId gate) => $"{{f:{facility}}}:waiting:{gate}";

    /// <summary>
    /// List: versions of commands that are not chained yet (version, then the content), oldest first. An entry lives until it is chained.
    /// </summary>
    public static RedisKey Unchained(FacilityId facility) => $"{{f:{facility}}}:unchained";

    /// <summary>The sharded channel that says, without content, that a command of the facility has changed.</summary>
    public static RedisChannel CommandsChanged(FacilityId facility) => RedisChannel.Sharded($"{{f:{facility}}}:commands");

    /// <summary>
    /// String without meaning. No lifetime. Exists only in the Redis of a simulation, as its first key: see <see cref="RedisOwner"/>.
    /// </summary>
    public static RedisKey Simulation { get; } = "simulation";

    /// <summary>
    /// Hash: what the store keeps about itself. <see cref="LifeField"/> → its epochs and shards, as JSON; <see cref="LayoutField"/> → the
    /// version of keys and values, in decimal; <see cref="CheckField"/> and a setting → its <see cref="SecretCheck"/>. No lifetime.
    /// </summary>
    public static RedisKey About { get; } = "about";

    /// <summary>The field of <see cref="About"/> that only <see cref="RedisLives"/> writes.</summary>
    public const string LifeField = "life";

    public const string LayoutField = "layout";

    public const string CheckField = "check:";

    /// <summary>
    /// Hash: <c>id</c> → the identity of a shard, in 16 hexadecimal digits; <c>kept</c> → Unix milliseconds, in decimal, until which the
    /// shard kept everything; <c>notes</c> → how often that was noted. No lifetime. The numbers differ by slot: each shard has the first
    /// that lies in one of its slots.
    /// </summary>
    public static RedisKey Shard(int number) => string.Create(CultureInfo.InvariantCulture, $"shard:{{{number}}}");

    public static int PartitionOf(HolderId holder) => (int)(holder.Value % Partitions);
}
