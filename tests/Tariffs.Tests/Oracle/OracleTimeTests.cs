using NodaTime;
using Parking.Tariffs.Rates;
using static Parking.Tariffs.Tests.Oracle.Board;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>The oracle against sums done by hand: rules 1 to 6.</summary>
public sealed class OracleTimeTests
{
    /// <summary>
    /// 100 once in each night, 1 once in each day; the night ends at half past two, an hour that Berlin skips and repeats.
    /// </summary>
    private static readonly Rate EndsAtHalfPastTwo = Rate(
        Band("night", Flat(100, FlatPer.Band), Hours("22:00", "02:30")),
        Band("day", Flat(1, FlatPer.Band), Hours("02:30", "22:00")));

    [Theory]
    [InlineData("2026-03-02 08:00:00", 0)]
    [InlineData("2026-03-02 08:00:01", 1500)]
    [InlineData("2026-03-02 09:00:00", 1500)]
    [InlineData("2026-03-02 09:00:01", 2500)]
    [InlineData("2026-03-02 09:00:00.999", 1500)]
    [InlineData("2026-03-02 09:30:00", 2500)]
    [InlineData("2026-03-02 09:30:01", 3500)]
    public void Price_StayOfSeconds_OwesAStepFromItsFirstSecond(string exit, long expected) =>
        Assert.Equal(expected, Price(Rate(Band("any", HourThenHalves)), "2026-03-02 08:00:00.999", exit));

    [Theory]
    [InlineData("2026-03-29 01:30:00+01", "2026-03-29 03:30:00+02", 1500)] // one hour, though clocks say two
    [InlineData("2026-10-25 01:30:00+02", "2026-10-25 02:30:00+01", 3500)] // two hours, though clocks say one
    public void Price_ClocksChange_CountsElapsedTime(string entry, string exit, long expected) =>
        Assert.Equal(expected, Price(Rate(Band("any", HourThenHalves)), entry, exit, "Europe/Berlin"));

    [Theory]
    [InlineData("2026-10-25 01:00:00+02", "2026-10-25 02:30:00+02", 100)]
    [InlineData("2026-10-25 01:00:00+02", "2026-10-25 02:30:01+02", 101)] // passed the first time the clock shows it
    [InlineData("2026-10-25 01:00:00+02", "2026-10-25 04:00:00+01", 101)] // and not entered again
    [InlineData("2026-10-25 02:10:00+01", "2026-10-25 02:20:00+01", 1)] // the clock stands at 02:59:59
    [InlineData("2026-03-29 01:00:00+01", "2026-03-29 03:00:00+02", 100)]
    [InlineData("2026-03-29 01:00:00+01", "2026-03-29 03:00:01+02", 101)] // a skipped boundary is passed at the skip
    public void Price_BoundaryInARepeatedOrSkippedHour_IsPassedOnce(string entry, string exit, long expected) =>
        Assert.Equal(expected, Price(EndsAtHalfPastTwo, entry, exit, "Europe/Berlin"));

    [Theory]
    [InlineData("2018-02-17 23:30:00-02", "2018-02-18 00:00:00-03", 1)] // midnight was set back to 23:00: Saturday lasts 25 hours
    [InlineData("2018-02-17 23:30:00-02", "2018-02-18 00:00:01-03", 2)]
    [InlineData("2018-02-17 23:30:00-03", "2018-02-18 00:00:01-03", 2)]
    [InlineData("2018-11-03 23:59:59-03", "2018-11-04 01:00:01-02", 2)] // midnight was skipped: Sunday begins at 01:00
    public void Price_MidnightIsRepeatedOrSkipped_CountsEachDateOnce(string entry, string exit, long expected) =>
        Assert.Equal(expected, Price(Rate(Band("any", Flat(1, FlatPer.CalendarDay))), entry, exit, "America/Sao_Paulo"));

    [Theory]
    [InlineData("2026-03-06 21:59:59", 1)] // Friday evening
    [InlineData("2026-03-06 22:00:00", 100)]
    [InlineData("2026-03-07 05:59:59", 100)]
    [InlineData("2026-03-07 06:00:00", 1)]
    [InlineData("2026-03-07 22:00:00", 1)] // Saturday evening
    [InlineData("2026-03-06 03:00:00", 1)] // Friday before dawn is Thursday's
    public void Price_WrappedBand_BelongsToTheDayItBeginsOn(string entry, long expected)
    {
        var rate = Rate(Band("late", Flat(100, FlatPer.Stay), Hours("22:00", "06:00", DayName.Fri)), Band("rest", Flat(1, FlatPer.Stay)));

        var price = NaiveOracle.Price(
            Version(Table(rate)), Stay(entry, entry) with { ExitedAt = At(entry) + Duration.FromSeconds(1) }).Total;

        Assert.Equal(expected, price);
    }

    [Theory]
    [InlineData("2026-04-30", 20)] // the eve, though a Thursday
    [InlineData("2026-05-01", 10)] // the holiday, though a Friday
    [InlineData("2026-05-03", 40)] // a Sunday
    [InlineData("2026-05-04", 40)] // a Monday off
    [InlineData("2026-05-05", 30)]
    [InlineData("2026-05-09", 30)] // a Saturday worked
    public void Price_DayWithManyNames_GoesByTheMostSpecial(string date, long expected)
    {
        var rate = Rate(
            Band("holiday", Flat(10, FlatPer.Stay), Days(DayName.PublicHoliday)),
            Band("eve", Flat(20, FlatPer.Stay), Days(DayName.HolidayEve)),
            Band("work", Flat(30, FlatPer.Stay), Days(DayName.Workday)),
            Band("free", Flat(40, FlatPer.Stay), Days(DayName.RestDay)));

        Assert.Equal(expected, Price(rate, date + " 12:00:00", date + " 12:00:01"));
    }

    [Theory]
    [InlineData("2026-04-30", 10)]
    [InlineData("2026-05-01", 20)] // a holiday itself, though the day before another
    [InlineData("2026-05-02", 20)]
    public void Price_TwoHolidaysInARow_HaveOneEve(string date, long expected)
    {
        var version =
            Version(Table(Rate(Band("eve", Flat(10, FlatPer.Stay), Days(DayName.HolidayEve)), Band("rest", Flat(20, FlatPer.Stay)))));

        Assert.Equal(expected, NaiveOracle.Price(version, Stay(date + " 12:00:00", date + " 13:00:00")).Total);
    }

    [Fact]
    public void Price_RateWithoutThatWord_TakesAHolidayAsItsWeekday() =>
        Assert.Equal(
            10,
            Price(
                Rate(Band("friday", Flat(10, FlatPer.Stay), Days(DayName.Fri)), Band("rest", Flat(20, FlatPer.Stay))),
                "2026-05-01 12:00:00",
                "2026-05-01 13:00:00"));

    [Fact]
    public void Price_BandOfSaturdayAndSunday_OccursOnceEachWeekend() =>
        Assert.Equal(
            20 + 3,
            Price(
                Rate(Band("weekend", Flat(10, FlatPer.Band), Days(DayName.Sat), Days(DayName.Sun)), Band("week", Flat(1, FlatPer.Band))),
                "2026-03-06 12:00:00", // week, weekend, week, weekend, week
                "2026-03-16 12:00:00"));

    [Fact]
    public void Price_BandWhoseHoursAreSkipped_InterruptsNothing() =>
        Assert.Equal(
            10,
            Price(
                Rate(Band("skipped", Flat(500, FlatPer.Band), Hours("02:15", "02:45")), Band("rest", Flat(10, FlatPer.Band))),
                "2026-03-29 01:30:00+01",
                "2026-03-29 03:30:00+02",
                "Europe/Berlin"));
}
