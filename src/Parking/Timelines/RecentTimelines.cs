namespace Parking.Timelines;

/// <summary>
/// The timelines that were read and written last: a scan, its acts and the audit behind them follow each other within seconds, and need not decode and fold the same events again each.
/// </summary>
/// <remarks>
/// A timeline follows from its bytes and from nothing else, and only one whose every byte is the same is found here. So nothing can go stale, whatever happens to the store. Of two
/// timelines with one slot the newer stays. Safe to use from many threads.
/// </remarks>
internal static class RecentTimelines
{
    private const int Slots = 512;

    /// <summary>Longer ones are rare, and 512 of them would be much memory.</summary>
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
