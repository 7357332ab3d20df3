using System.Buffers.Binary;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Encodes values in Redis: numbers as 8 big-endian bytes each, one after the other.</summary>
internal static class RedisBytes
{
    private const int Number = sizeof(ulong);

    /// <summary>How many numbers of a heartbeat come before the barrier's position.</summary>
    private const int BeatNumbers = 3;

    public static byte[] Of(ulong value)
    {
        var bytes = new byte[Number];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>For versions, which are never negative.</summary>
    public static byte[] Of(long value) => Of((ulong)value);

    /// <summary>A version as the scripts expect it: empty for 0, which is never stored.</summary>
    public static RedisValue VersionOrNone(long version) => version == 0 ? RedisValue.EmptyString : Of(version);

    public static ulong ReadNumber(ReadOnlySpan<byte> bytes, int index = 0) =>
        BinaryPrimitives.ReadUInt64BigEndian(bytes[(index * Number)..]);

    /// <summary>A version and the content that follows it; 0 and empty if there is no value.</summary>
    public static (long Version, ReadOnlyMemory<byte> Content) ReadVersioned(RedisValue value)
    {
        ReadOnlyMemory<byte> bytes = value;
        return bytes.IsEmpty ? default : ((long)ReadNumber(bytes.Span), bytes[Number..]);
    }

    public static byte[] Of(OutgoingEntry entry) => [.. Of(entry.Holder.Value), .. Of(entry.Version)];

    public static OutgoingEntry ReadOutgoing(RedisValue value)
    {
        ReadOnlySpan<byte> bytes = ((ReadOnlyMemory<byte>)value).Span;
        return new(new(ReadNumber(bytes)), (long)ReadNumber(bytes, 1));
    }

    public static byte[] Of(CertificateMark certificate) =>
        [.. Of(certificate.Digest), .. Of(certificate.ExpiresAt.ToUnixTimeSeconds())];

    public static CertificateMark ReadRevoked(RedisValue value)
    {
        ReadOnlySpan<byte> bytes = ((ReadOnlyMemory<byte>)value).Span;
        return new(ReadNumber(bytes), Instant.FromUnixTimeSeconds((long)ReadNumber(bytes, 1)));
    }

    public static byte[] Of(ArchiveBatch batch) => [.. Of(batch.Number), .. Of(batch.Token)];

    /// <summary>A batch; null if there is no value.</summary>
    public static ArchiveBatch? ReadBatch(RedisValue value)
    {
        ReadOnlySpan<byte> bytes = ((ReadOnlyMemory<byte>)value).Span;
        return value.IsNull ? null : new((long)ReadNumber(bytes), (long)ReadNumber(bytes, 1));
    }

    public static long ReadVersion(RedisValue value) => (long)ReadNumber(((ReadOnlyMemory<byte>)value).Span);

    /// <summary>
    /// A pending event without its id, which is the field's name: fingerprint, holder, time of reservation in Unix ticks.
    /// </summary>
    public static byte[] Of(PendingEvent scan) =>
        [.. Of(scan.Content.Value), .. Of(scan.Holder.Value), .. Of(unchecked((ulong)scan.ReservedAt.ToUnixTimeTicks()))];

    public static PendingEvent ReadPending(HashEntry entry)
    {
        ReadOnlySpan<byte> bytes = ((ReadOnlyMemory<byte>)entry.Value).Span;
        var reservedAt = Instant.FromUnixTimeTicks(unchecked((long)ReadNumber(bytes, 2)));
        return new(ReadEvent(entry.Name), new(ReadNumber(bytes, 1)), new(ReadNumber(bytes)), reservedAt);
    }

    /// <summary>Reads a fingerprint and the answer that follows it; null if there is no value.</summary>
    public static KeptAnswer? ReadAnswer(RedisValue value)
    {
        ReadOnlyMemory<byte> bytes = value;
        return value.IsNull ? null : new(new(ReadNumber(bytes.Span)), bytes[Number..]);
    }

    public static Space ReadSpace(HashEntry entry) => new(ReadEvent(entry.Name), ReadHolder(entry.Value));

    /// <summary>A citizen's holder, and while it is being erased the one that takes its place.</summary>
    public static byte[] Of(CitizenHolder citizen) =>
        citizen.Next is { } next ? [.. Of(citizen.Holder.Value), .. Of(next.Value)] : Of(citizen.Holder.Value);

    public static CitizenHolder ReadCitizen(RedisValue value)
    {
        ReadOnlySpan<byte> bytes = ((ReadOnlyMemory<byte>)value).Span;
        return new(new(ReadNumber(bytes)), bytes.Length > Number ? new HolderId(ReadNumber(bytes, 1)) : null);
    }

    public static HolderId ReadHolder(RedisValue value) => new(ReadNumber(((ReadOnlyMemory<byte>)value).Span));

    /// <summary>
    /// A sign of life as fields: the gate's id → Unix milliseconds; the gate's id with <see cref="StoreKeys.BeatSuffix"/> → journal, last
    /// number, prefix, and one byte for the barrier's position, if the gate says it.
    /// </summary>
    public static HashEntry[] FieldsOf(HeardGate heard)
    {
        var sign = new HashEntry(heard.Gate.Value, Of(heard.At.ToUnixTimeMilliseconds()));
        if (heard.Beat is not { } beat)
        {
            return [sign];
        }

        byte[] said =
        [
            .. Of(beat.Journal.Value), .. Of(beat.LastSeq), .. Of(beat.AcknowledgedThrough),
            .. beat.Barrier is { } barrier ? [(byte)barrier] : Array.Empty<byte>(),
        ];
        return [sign, new(heard.Gate.Value + StoreKeys.BeatSuffix, said)];
    }

    public static IReadOnlyList<HeardGate> ReadHeard(HashEntry[] watch)
    {
        var beats = watch.Where(entry => Name(entry).EndsWith(StoreKeys.BeatSuffix)).ToDictionary(entry => Name(entry)[..^1], ReadBeat);
        return
        [
            .. watch.Where(entry => !Name(entry).Contains(StoreKeys.BeatSuffix))
                .Select(entry => new HeardGate(
                    new(Name(entry)),
                    Instant.FromUnixTimeMilliseconds((long)ReadNumber(((ReadOnlyMemory<byte>)entry.Value).Span)),
                    beats.TryGetValue(Name(entry), out var beat) ? beat : null)),
        ];

        static string Name(HashEntry entry) => entry.Name.ToString();
    }

    private static GateBeat ReadBeat(HashEntry entry)
    {
        ReadOnlySpan<byte> bytes = ((ReadOnlyMemory<byte>)entry.Value).Span;
        BarrierPosition? barrier = bytes.Length > BeatNumbers * Number ? (BarrierPosition)bytes[BeatNumbers * Number] : null;
        return new(new(ReadNumber(bytes)), (long)ReadNumber(bytes, 1), (long)ReadNumber(bytes, 2), barrier);
    }

    private static GateEventId ReadEvent(RedisValue name) => EventIdBytes.Read(((ReadOnlyMemory<byte>)name).Span);
}
