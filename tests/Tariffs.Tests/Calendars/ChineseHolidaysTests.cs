using System.Globalization;
using NodaTime;
using Parking.Tariffs.Calendars;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Calendars;

public class ChineseHolidaysTests
{
    private static readonly HolidayCalendar China = HolidayCalendarReader.BuiltIn.Find("CN")!;

    /// <summary>
    /// Written from the notices a second time and in their own words: from when to when people are off, and which weekend days they work.
    /// The calendar's lists are of another form.
    /// </summary>
    private static readonly Dictionary<int, (string[] Off, string[] Worked)> Notices = new()
    {
        [2024] = (
            ["01-01/01-01", "02-10/02-17", "04-04/04-06", "05-01/05-05", "06-08/06-10", "09-15/09-17", "10-01/10-07"],
            ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"]),
        [2025] = (
            ["01-01/01-01", "01-28/02-04", "04-04/04-06", "05-01/05-05", "05-31/06-02", "10-01/10-08"],
            ["01-26", "02-08", "04-27", "09-28", "10-11"]),
        [2026] = (
            ["01-01/01-03", "02-15/02-23", "04-04/04-06", "05-01/05-05", "06-19/06-21", "09-25/09-27", "10-01/10-07"],
            ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]),
    };

    public static TheoryData<int> AnnouncedYears => [.. Notices.Keys];

    [Theory]
    [MemberData(nameof(AnnouncedYears))]
    public void IsWorkday_EveryDayOfTheYear_IsAsTheNoticeSays(int year)
    {
        var off = Notices[year].Off.SelectMany(range => Dates(year, range)).ToHashSet();
        var worked = Notices[year].Worked.Select(date => Date(year, date)).ToHashSet();

        Assert.All(worked, date => Assert.True(IsWeekend(date), $"{date} is no weekend"));
        Assert.All(new DateInterval(new(year, 1, 1), new(year, 12, 31)), date =>
            Assert.True(China.IsWorkday(date) == (worked.Contains(date) || (!IsWeekend(date) && !off.Contains(date))), date.ToString()));
    }

    // A swap moves a day off, it gives none: every weekday off beyond the statutory days is worked on a weekend. Statutory days on a
    // weekend are given back on a weekday.
    [Theory]
    [InlineData(2024, 11, 251)]
    [InlineData(2025, 13, 248)]
    [InlineData(2026, 13, 248)]
    public void Year_StatutoryDaysAndWorkdays_AreAsManyAsTheLawSays(int year, int statutory, int workdays)
    {
        var days = new DateInterval(new(year, 1, 1), new(year, 12, 31)).ToList();

        Assert.Equal(statutory, days.Count(China.IsPublicHoliday));
        Assert.Equal(workdays, days.Count(China.IsWorkday));
        Assert.Equal(days.Count(date => !IsWeekend(date)) - statutory, workdays);
    }

    // The lunar calendar of the runtime knows nothing of the notices.
    [Theory]
    [InlineData(2024, 3)]
    [InlineData(2025, 4)]
    [InlineData(2026, 4)]
    [InlineData(2027, 4)]
    public void PublicHolidays_LunarFestivals_AreWhereTheLunarCalendarHasThem(int year, int springDays)
    {
        var spring = Lunar(year, 1, 1);
        Assert.Equal(
            Enumerable.Range(springDays == 4 ? -1 : 0, springDays).Select(day => spring.PlusDays(day)),
            China.PublicHolidays.Where(day => day.Key.Year == year && day.Value.En == "Spring Festival").Select(day => day.Key).Order());
        Assert.Equal("端午节", China.PublicHolidays[Lunar(year, 5, 5)].Zh);
        Assert.Equal("中秋节", China.PublicHolidays[Lunar(year, 8, 15)].Zh);
    }

    [Theory]
    [InlineData(2024)]
    [InlineData(2025)]
    [InlineData(2026)]
    [InlineData(2027)]
    public void PublicHolidays_SolarFestivals_AreOnTheirDates(int year)
    {
        Assert.Equal("元旦", China.PublicHolidays[new(year, 1, 1)].Zh);
        Assert.Equal("劳动节", China.PublicHolidays[new(year, 5, 1)].Zh);
        Assert.Equal(year >= 2025, China.IsPublicHoliday(new(year, 5, 2)));
        Assert.All(Enumerable.Range(1, 3), day => Assert.Equal("国庆节", China.PublicHolidays[new(year, 10, day)].Zh));
        var qingming = Assert.Single(China.PublicHolidays, day => day.Key.Year == year && day.Value.En == "Qingming Festival").Key;
        Assert.InRange(qingming, new(year, 4, 4), new LocalDate(year, 4, 5));
    }

    [Fact]
    public void UnannouncedYear_HasStatutoryDaysOnly()
    {
        var days = new DateInterval(new(2027, 1, 1), new(2027, 12, 31)).ToList();

        Assert.Equal(13, days.Count(China.IsPublicHoliday));
        Assert.All(days, date => Assert.Equal(!IsWeekend(date) && !China.IsPublicHoliday(date), China.IsWorkday(date)));
    }

    [Fact]
    public void Calendar_BeyondItsYears_KnowsWeekendsOnly()
    {
        Assert.Equal(new DateInterval(new(2024, 1, 1), new(2027, 12, 31)), China.Covered);
        Assert.False(China.IsPublicHoliday(new(2023, 10, 1)));
        Assert.True(China.IsWorkday(new(2028, 5, 1)));
        Assert.False(China.IsWorkday(new(2028, 5, 6)));
    }

    [Fact]
    public void IsHolidayEve_DayBeforeAHoliday_IsOneUnlessItIsAHolidayToo()
    {
        Assert.True(China.IsHolidayEve(new(2026, 9, 30)));
        Assert.False(China.IsHolidayEve(new(2026, 10, 1)));
        Assert.False(China.IsHolidayEve(new(2026, 10, 3)));
    }

    private static IEnumerable<LocalDate> Dates(int year, string range) => new DateInterval(Date(year, range[..5]), Date(year, range[6..]));

    private static LocalDate Date(int year, string monthAndDay) =>
        new(year, int.Parse(monthAndDay[..2], CultureInfo.InvariantCulture), int.Parse(monthAndDay[3..], CultureInfo.InvariantCulture));

    private static bool IsWeekend(LocalDate date) => date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    private static LocalDate Lunar(int year, int month, int day)
    {
        var calendar = new ChineseLunisolarCalendar();
        var leapMonth = calendar.GetLeapMonth(year);
        return LocalDate.FromDateTime(calendar.ToDateTime(year, leapMonth > 0 && leapMonth <= month ? month + 1 : month, day, 0, 0, 0, 0));
    }
}
