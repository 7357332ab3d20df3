namespace Parking.Timelines;

/// <summary>
/// Caches the timelines that were read and written last. A scan, its acts and the audit afterwards follow each other within seconds, and
/// need not decode and fold the same events each time.
/// </summary>
/// <remarks>
/// A timeline depends on its bytes and on nothing else, and is found here only if every byte is the same. So nothing can become stale,
/// whatever happens to the store. If two timelines share a slot, the newer one stays. Thread-safe.
/// </remarks>
internal static class RecentTimelines
{
    private const int Slots = 512;

    /// <summary>Longer contents are not cached: they are rare, and 512 of them would need much memory.</summary>
    private const int LongestContent = 16 << 10;

    private static readonly Entry?[] Entries = new Entry?[Slots];

    /// <inheritdoc cref="TimelineCodec.Decode"/>
    public static Timeline Decode(ReadOnlyMemory<byte> content)
    {
        if (content.Length > LongestContent)
        {
            return TimelineCodec.Decode(content);
        }

        ref var slot = ref SlotOf(content.Span);
        if (Volatile.Read(ref slot) is { } known && known.Content.Span.SequenceEqual(content.Span))
        {
            return known.Timeline;
        }

        var timeline = TimelineCodec.Decode(content);
        Volatile.Write(ref slot, new(content, timeline));
        return timeline;
    }

    /// <inheritdoc cref="TimelineCodec.Encode"/>
    public static byte[] Encode(Timeline timeline)
    {
        var content = TimelineCodec.Encode(timeline);
        if (content.Length <= LongestContent)
        {
            Volatile.Write(ref SlotOf(content), new(content, timeline));
        }

        return content;
    }

    private static ref Entry? SlotOf(ReadOnlySpan<byte> content)
    {
        var hash = new HashCode();
        hash.AddBytes(content);
        return ref Entries[hash.ToHashCode() & (Slots - 1)];
    }

    private sealed record Entry(ReadOnlyMemory<byte> Content, Timeline Timeline);
}
