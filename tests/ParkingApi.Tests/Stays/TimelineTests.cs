using CsCheck;
using NodaTime;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Timelines;
using static Parking.Api.Tests.Stays.Traffic;

namespace Parking.Api.Tests.Stays;

public class TimelineTests
{
    [Fact]
    public void HasUsed_OnlyScansThatOpened()
    {
        var (refused, opened) = (Refusal(0, ScanReason.Full), Entry(1, seq: 50));
        var timeline = TimelineOf(refused, opened);

        Assert.False(timeline.HasUsed(refused.Code));
        Assert.True(timeline.HasUsed(opened.Code));
    }

    [Fact]
    public void Trim_WithinRetention_KeepsEverything()
    {
        var timeline = TimelineOf(Entry(0), Exit(60));

        Assert.Same(timeline, timeline.Trim(Start + Duration.FromSeconds(60) + Timeline.StayRetention));
    }

    [Fact]
    public void Trim_EndedLongAgo_IsDropped()
    {
        var timeline = TimelineOf(Entry(0), Exit(60)).Trim(Start + Duration.FromSeconds(61) + Timeline.StayRetention);

        Assert.Empty(timeline.Events);
    }

    [Fact]
    public void Trim_OpenForALongTime_IsKept() =>
        Assert.Single(TimelineOf(Entry(0)).Trim(Start + Duration.FromDays(400)).Stays);

    [Fact]
    public void Trim_ManyRefusals_KeepsTheNewest()
    {
        var refusals = Enumerable.Range(0, Timeline.MaxRefusals + 5).Select(i => Refusal(i, ScanReason.Expired)).ToArray<GateEvent>();

        var kept = TimelineOf(refusals).Trim(Start + Duration.FromMinutes(5)).Events;

        Assert.Equal(refusals[5..], kept);
    }

    [Fact]
    public void Trim_AnyHistoryAtAnyTime_LeavesTheOtherStaysAsTheyAre() =>
        Gen.Select(GenEvents(0, 10), Gen.Long[0, 8]).SampleCases(Depth.Cases, (history, second) =>
        {
            var timeline = TimelineOf(history);
            var now = Start + Duration.FromSeconds(second) + Timeline.StayRetention;

            var trimmed = timeline.Trim(now);

            var recent = timeline.Stays.Where(stay => stay.EndedAt is null || stay.EndedAt >= now - Timeline.StayRetention).ToList();
            Assert.Equal(timeline.Stays.Where(stay => recent.Contains(stay) || trimmed.Stays.Contains(stay)), trimmed.Stays);
            if (timeline.Stays.All(stay => stay.State is StayState.Settled or StayState.Provisional))
            {
                // Old stays are kept for the sake of another only where something was missed or contradicts.
                Assert.Equal(recent, trimmed.Stays);
            }
        });

    [Fact]
    public void Codec_AnyHistory_ComesBackAsItWas() =>
        GenEvents(0, 12).SampleCases(
            Depth.Cases, history => Assert.Equal(history, TimelineCodec.Decode(TimelineCodec.Encode(TimelineOf(history))).Events));

    [Fact]
    public void Codec_Nothing_IsTheEmptyTimeline() => Assert.Empty(TimelineCodec.Decode(default).Events);

    [Fact]
    public void Codec_OneScan_TakesUnder100Bytes() =>
        Assert.InRange(TimelineCodec.Encode(TimelineOf(Entry(0, seq: 123_456))).Length, 1, 100);

    [Fact]
    public void Codec_AnyDamage_IsSaidOrHarmless() =>
        Gen.Select(GenEvents(1, 9), Gen.Int[0, 10_000], Gen.Byte).SampleCases(Depth.Cases, (history, at, value) =>
        {
            var content = TimelineCodec.Encode(TimelineOf(history));
            content[at % content.Length] = value;
            try
            {
                TimelineCodec.Decode(content);
            }
            catch (InvalidDataException)
            {
            }
        });
}
