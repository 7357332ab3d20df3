using CsCheck;
using NodaTime;
using Parking.Simulation.Replay.Faults;
using Parking.Simulation.Replay.Report;
using Parking.Simulation.Replay.Report.Html;

namespace Parking.ScannerSim.Tests.Replay.Report;

public class ChartTests
{
    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    [Fact]
    public void Thin_AnyCurve_KeepsEachColumnsHighsLowsAndEnds() =>
        Gen.Select(Gen.Long[0, 100_000].Array[0, 400], Gen.Int[1, 40], Gen.Int).SampleCases(Depth.Cases, (places, columns, seed) =>
        {
            var random = new Random(seed);
            var steps = places.Order().Select(place => new[] { place, random.Next(-1, 500) }).ToList();

            var thin = StepSampler.Thin(steps, 100_000, columns);

            Assert.True(thin.Count <= columns * 4);
            Assert.Equal(Columns(steps), Columns(thin));

            List<(long Column, long First, long Last, long Low, long High)> Columns(IEnumerable<long[]> curve) =>
            [
                .. curve.GroupBy(step => Math.Min(columns - 1, (long)((double)step[0] / 100_000 * columns)))
                    .Select(column =>
                        (column.Key, column.First()[1], column.Last()[1], column.Min(step => step[1]), column.Max(step => step[1]))),
            ];
        });

    [Fact]
    public void Line_UnknownValues_BreakIt() => Assert.Equal(
        "M0 90H250V50H500M750 100H1000",
        new StepPath(Hours(4), 100, 10).Line([[0, 1], [3_600_000, 5], [7_200_000, -1], [10_800_000, 0]]));

    [Fact]
    public void Area_OfACurve_BeginsAtNothingAndIsClosed() =>
        Assert.Equal("M0 100H250V50H1000V100Z", new StepPath(Hours(4), 100, 10).Area([[3_600_000, 5]]));

    [Fact]
    public void Spans_Overlapping_AreDrawnOnce() =>
        Assert.Equal("M0 0H30V10H0ZM100 0H102.5V10H100Z", SpanPath.Draw([(20, 30), (100, 100), (0, 21), (100.5, 101)], 10));

    [Theory]
    [InlineData(4, "08:00 09:00 10:00 11:00 12:00")]
    [InlineData(24, "09:00 12:00 15:00 18:00 21:00 05-05 03:00 06:00")]
    [InlineData(24 * 14, "05-06 05-08 05-10 05-12 05-14 05-16 05-18")]
    public void Ticks_OfALength_AreFullHoursOrDaysOfTheWallClock(int hours, string labels) =>
        Assert.Equal(labels, string.Join(' ', Hours(hours).Ticks().Select(tick => tick.Label)));

    [Fact]
    public void Ticks_UnderAnHour_AreItsEnds() => Assert.Equal(
        [(0, "08:00:00"), (1000, "08:30:00")], new TimeScale(Scene.Start, Scene.At(30), Shanghai).Ticks());

    [Fact]
    public void Lane_OfAnyFault_HasANameInBothLanguages() => Assert.All(
        Enum.GetValues<FaultKind>().Select(FaultProfile.NameOf), kind => Assert.NotEqual("", ReportWords.OfLane(kind).Zh));

    [Fact]
    public void Latency_ByNearestRank_IsWhatWasMeasured() => Assert.Equal(
        new LatencyRow(LatencyKind.RoundTrip, 1000, 500, 900, 990, 999, 1000),
        LatencyRow.Of(
            LatencyKind.RoundTrip,
            Enumerable.Range(1, 1000).Reverse().Select(milliseconds => (Duration?)Duration.FromMilliseconds(milliseconds)).Append(null)));

    [Fact]
    public void Latency_OfNothing_IsNone() => Assert.Null(LatencyRow.Of(LatencyKind.Service, [null]));

    private static TimeScale Hours(int hours) => new(Scene.Start, Scene.Start + Duration.FromHours(hours), Shanghai);
}
