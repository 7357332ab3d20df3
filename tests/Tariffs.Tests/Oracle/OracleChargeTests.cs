using NodaTime;
using Parking.Tariffs.Rates;
using static Parking.Tariffs.Tests.Oracle.Board;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>The oracle against sums done by hand: rules 7 to 14.</summary>
public sealed class OracleChargeTests
{
    private const string Morning = "2026-03-02 08:00:00";

    [Theory]
    [InlineData("2026-03-02 08:15:00", 0)]
    [InlineData("2026-03-02 08:15:01", 1500)]
    public void Price_EntryGrace_FreesShortStaysOnly(string exit, long expected) =>
        Assert.Equal(expected, Price(Rate(Band("any", HourThenHalves)) with { EntryGrace = Duration.FromMinutes(15) }, Morning, exit));

    [Theory]
    [InlineData("2026-03-02 08:15:00", 0)]
    [InlineData("2026-03-02 09:15:00", 1500)]
    [InlineData("2026-03-02 09:15:01", 2500)]
    public void Price_FreeTime_BeginsTheLadderLater(string exit, long expected) =>
        Assert.Equal(expected, Price(Rate(Band("any", HourThenHalves)) with { FreeTime = Duration.FromMinutes(15) }, Morning, exit));

    [Fact]
    public void Price_BandThatEndsWithinFreeTime_IsNotEntered() =>
        Assert.Equal(
            2,
            Price(
                DayAndNight(Flat(100, FlatPer.Band), Flat(2, FlatPer.Band)) with { FreeTime = Duration.FromMinutes(15) },
                "2026-03-02 19:45:00",
                "2026-03-03 08:00:00"));

    [Theory]
    [InlineData("2026-03-02 08:00:01", 1)] // 100 an hour: 1/36 of 1
    [InlineData("2026-03-02 08:00:54", 2)] // 1.5
    [InlineData("2026-03-02 09:00:00", 100)]
    [InlineData("2026-03-02 09:00:01", 107)] // then steps of 7
    public void Price_ProRata_IsExact(string exit, long expected)
    {
        var version = Version(Table(Rate(Band("any", Ladder(ProRata(100, 0, 60, 60), Steps(7, 60, null, 30))))));
        version = new()
        {
            Number = 1,
            Tariff = version.Tariff,
            RateTables = version.RateTables,
            Rounding = new(1, exit.EndsWith("01", StringComparison.Ordinal) ? RoundingMode.Up : RoundingMode.HalfUp),
        };

        Assert.Equal(expected, NaiveOracle.Price(version, Stay(Morning, exit)).Total);
    }

    [Theory]
    [InlineData(FlatPer.Stay, 1)]
    [InlineData(FlatPer.Band, 3)] // Monday's night before dawn, Monday's to Tuesday's, Tuesday's
    [InlineData(FlatPer.CalendarDay, 2)] // Monday, Tuesday
    public void Price_FlatRate_IsOwedOncePerPeriod(FlatPer per, long expected) =>
        Assert.Equal(expected, Price(DayAndNight(Flat(0, FlatPer.Stay), Flat(1, per)), "2026-03-02 07:00:00", "2026-03-03 21:00:00"));

    // 90 minutes from 19:15 on: 45 minutes by day at 60 a started hour, 45 by night at 30 a started half hour.
    [Theory]
    [InlineData(LadderAtBandChange.Restarts, StepAtBandChange.EndsWhole, 60 + 30 + 30)]
    [InlineData(LadderAtBandChange.Restarts, StepAtBandChange.Split, 45 + 30 + 30)]
    [InlineData(LadderAtBandChange.Restarts, StepAtBandChange.RunsOn, 60 + 30)] // until 20:15, then until 20:45
    [InlineData(LadderAtBandChange.Continues, StepAtBandChange.Split, 45 + 15 + 30)] // 20:00 is minute 45: half a step to 20:15
    [InlineData(LadderAtBandChange.Continues, StepAtBandChange.RunsOn, 60 + 30)]
    public void Price_StepAcrossABandChange_EndsOrIsSplitOrRunsOn(LadderAtBandChange ladder, StepAtBandChange step, long expected) =>
        Assert.Equal(
            expected, Price(DayAndNight(StepsOf(60, 60), StepsOf(30, 30), step, ladder), "2026-03-02 19:15:00", "2026-03-02 20:45:00"));

    [Theory]
    [InlineData("2026-03-02 19:15:01", 45)] // the exit cuts nothing
    [InlineData("2026-03-02 20:00:00", 45)]
    [InlineData("2026-03-02 20:00:01", 60)] // each part is owed from its first second
    public void Price_PartsOfAStep_AreOwedFromTheirFirstSecond(string exit, long expected) =>
        Assert.Equal(
            expected,
            Price(
                DayAndNight(StepsOf(60, 60), StepsOf(30, 30), StepAtBandChange.Split, LadderAtBandChange.Continues),
                "2026-03-02 19:15:00",
                exit));

    [Fact]
    public void Price_StepThatEndedAtAChange_LeavesNothingToTheNextBand() =>
        // By day all of it costs 60; the night is 1 a minute from its first minute on, though the day's step would have gone on.
        Assert.Equal(
            60 + 15,
            Price(DayAndNight(Ladder(Tier(60, 0, null)), Ladder(ProRata(1, 0, null, 1))), "2026-03-02 19:15:00", "2026-03-02 20:15:00"));

    [Fact]
    public void Price_ContinuesIntoAnotherLadder_StandsWhereTheTimePutsIt() =>
        // From 18:00: two hours by day at 10; by night, the third hour and the fourth cost 3, all before them 100.
        Assert.Equal(
            10 + 10 + 3 + 3,
            Price(
                DayAndNight(
                    StepsOf(10, 60),
                    Ladder(Steps(100, 0, 120, 60), Steps(3, 120, null, 60)),
                    StepAtBandChange.Split,
                    LadderAtBandChange.Continues),
                "2026-03-02 18:00:00",
                "2026-03-02 22:00:00"));

    [Theory]
    [InlineData("2026-03-02 20:29:59", 60)]
    [InlineData("2026-03-02 20:30:00", 60)]
    [InlineData("2026-03-02 20:30:01", 120)] // the day band after it, from its own beginning
    public void Price_StepRunsOverAWholeBand_NeverEntersIt(string exit, long expected)
    {
        var rate = Rate(Band("short", Flat(1000, FlatPer.Band), Hours("20:00", "20:15")), Band("rest", StepsOf(60, 60))) with
        {
            StepAtBandChange = StepAtBandChange.RunsOn,
        };

        Assert.Equal(expected, Price(rate, "2026-03-02 19:30:00", exit));
    }

    [Fact]
    public void Price_StepRunsIntoABand_ItsLadderBeginsThere() =>
        // The day's step runs until 20:15; the night's first hour, at 5, is from then to 21:15, and its second costs 9.
        Assert.Equal(
            60 + 5 + 9,
            Price(
                DayAndNight(StepsOf(60, 60), Ladder(Tier(5, 0, 60), Steps(9, 60, null, 60)), StepAtBandChange.RunsOn),
                "2026-03-02 19:15:00",
                "2026-03-02 21:15:01"));

    [Fact]
    public void Price_FlatRateWhereStepsRunOn_EndsWithItsBand() =>
        Assert.Equal(
            7 + 60,
            Price(DayAndNight(Flat(7, FlatPer.Band), StepsOf(60, 60), StepAtBandChange.RunsOn), "2026-03-02 19:30:00",
                "2026-03-02 21:00:00"));

    [Theory]
    [InlineData("2026-03-02 08:50:00", 10)]
    [InlineData("2026-03-02 08:50:01", 10 + 500)] // the first hour ended, charged whole
    [InlineData("2026-03-02 09:50:01", 10 + 1000)]
    public void Price_Overstay_IsABandOfItsOwn(string exit, long expected) =>
        Assert.Equal(
            expected,
            Price(Rate(Band("any", StepsOf(10, 60))) with { MaximumStay = new(Duration.FromMinutes(50), StepsOf(500, 60)) },
                Morning,
                exit));

    [Fact]
    public void Price_OverstayWhereStepsRunOn_BeginsWhenTheStepHasEnded() =>
        Assert.Equal(
            10 + 500,
            Price(
                DayAndNight(StepsOf(10, 60), StepsOf(10, 60), StepAtBandChange.RunsOn, LadderAtBandChange.Continues) with
                {
                    MaximumStay = new(Duration.FromMinutes(50), StepsOf(500, 60)),
                },
                Morning,
                "2026-03-02 10:00:00"));

    [Fact]
    public void Price_OverstayWhereTheLadderContinues_BeginsItsOwn() =>
        // 50 minutes of the first hour; then an hour of the overstay from its beginning, and ten minutes of the second.
        Assert.Equal(
            50 + 500 + 700,
            Price(
                DayAndNight(StepsOf(60, 60), StepsOf(60, 60), StepAtBandChange.Split, LadderAtBandChange.Continues) with
                {
                    MaximumStay = new(Duration.FromMinutes(50), Ladder(Tier(500, 0, 60), Steps(700, 60, null, 60))),
                },
                Morning,
                "2026-03-02 10:00:00"));

    [Fact]
    public void Price_MaximumStayWithoutOverstay_CostsNothing() =>
        Assert.Equal(20, Price(
            Rate(Band("any", StepsOf(10, 60))) with { MaximumStay = new(Duration.FromMinutes(50), null) }, Morning, "2026-03-02 10:00:00"));

    [Theory]
    [InlineData(null, 10)]
    [InlineData(0, 5)]
    [InlineData(79, 5)]
    [InlineData(80, 15)]
    [InlineData(130, 15)]
    public void Price_OccupancyAtEntry_ChoosesTheFactor(int? occupancy, long expected)
    {
        var plain = Version(Table(Rate(Band("any", StepsOf(10, 60)))));
        var version = new TariffVersion
        {
            Number = 1,
            Rounding = plain.Rounding,
            RateTables = plain.RateTables,
            OccupancyFactors = [new(0, 50), new(80, 150)]
        };
        version.Tariff = plain.Tariff;

        Assert.Equal(
            expected, NaiveOracle.Price(version, Stay(Morning, "2026-03-02 09:00:00") with { OccupancyPercent = occupancy }).Total);
    }
}
