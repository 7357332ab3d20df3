using CsCheck;
using Parking.Timelines;
using static Parking.Api.Tests.Stays.Traffic;

namespace Parking.Api.Tests.Stays;

/// <summary>Remembering what was decoded changes nothing but the time it takes.</summary>
public sealed class RecentTimelinesTests
{
    [Fact]
    public void Decode_WhateverWasSeenBefore_IsWhatTheCodecReads() => GenEvents(0, 8).Array[1, 40].SampleCases(
        Depth.DearCases,
        histories =>
        {
            var contents = histories.Select(
                (history, n) => n % 2 == 0 ? TimelineCodec.Encode(TimelineOf(history)) : RecentTimelines.Encode(TimelineOf(history)))
                .ToList();
            foreach (var content in contents.Concat(contents))
            {
                Assert.Equal(TimelineCodec.Decode(content).Events, RecentTimelines.Decode(content).Events);
            }
        });

    [Fact]
    public void Decode_TheSameBytesAgain_IsTheSameTimeline()
    {
        var content = TimelineCodec.Encode(TimelineOf(Entry(0, seq: 4711)));

        Assert.Same(RecentTimelines.Decode(content), RecentTimelines.Decode(content.ToArray()));
    }
}
