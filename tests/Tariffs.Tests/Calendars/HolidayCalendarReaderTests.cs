using System.Text;
using NodaTime;
using Parking.Tariffs.Calendars;
using Parking.Tariffs.Documents;
using Parking.Tariffs.Tests.Documents;

namespace Parking.Tariffs.Tests.Calendars;

public class HolidayCalendarReaderTests
{
    private const string Calendar = """
        {
          "format": 1, "id": "XX", "source": "the tests", "note": "two years",
          "years": [
            { "year": 2026, "source": "a notice",
              "publicHolidays": [ { "name": { "zh": "节", "en": "Feast" }, "dates": [ "2026-05-01", "2026-05-02" ] } ],
              "daysOff": [ "2026-05-04" ], "workedDays": [ "2026-05-09" ] },
            { "year": 2027, "source": "the law",
              "publicHolidays": [ { "name": { "zh": "节", "en": "Feast" }, "dates": [ "2027-05-01" ] } ] } ]
        }
        """;

    [Fact]
    public void Read_Calendar_GivesItsDays()
    {
        var calendar = Read(Calendar);

        Assert.Equal(("XX", "the tests"), (calendar.Id, calendar.Source));
        Assert.Equal(new DateInterval(new(2026, 1, 1), new(2027, 12, 31)), calendar.Covered);
        Assert.Equal(
            [new LocalDate(2026, 5, 1), new LocalDate(2026, 5, 2), new LocalDate(2027, 5, 1)], calendar.PublicHolidays.Keys.Order());
        Assert.Equal(new LocalizedText("节", "Feast"), calendar.PublicHolidays[new(2027, 5, 1)]);
        Assert.False(calendar.IsWorkday(new(2026, 5, 4)));
        Assert.True(calendar.IsWorkday(new(2026, 5, 9)));
        Assert.True(calendar.IsHolidayEve(new(2026, 4, 30)));
    }

    [Theory]
    [InlineData("$.format", "3", "$.format", "3 is out of range")]
    [InlineData("$.id", "\"C N\"", "$.id", "'C N'")]
    [InlineData("$.source", null, "$.source", "missing")]
    [InlineData("$.extra", "1", "$.extra", "unknown")]
    [InlineData("$.years", "[]", "$.years", "empty")]
    [InlineData("$.years[0].source", null, "$.years[0].source", "missing")]
    [InlineData("$.years[0].publicHolidays[0].name", null, "$.years[0].publicHolidays[0].name", "missing")]
    [InlineData("$.years[0].publicHolidays[0].dates[1]", "\"2027-05-02\"", "$.years[0].publicHolidays[0].dates[1]", "no date of 2026")]
    [InlineData("$.years[0].publicHolidays[0].dates[1]", "\"05-02\"", "$.years[0].publicHolidays[0].dates[1]", "no date of 2026")]
    [InlineData("$.years[0].publicHolidays[0].dates[1]", "\"2026-02-30\"", "$.years[0].publicHolidays[0].dates[1]", "no date of 2026")]
    [InlineData("$.years[0].publicHolidays[0].dates[1]", "\"2026-05-01\"", "$.years[0].publicHolidays[0].dates[1]",
        "stands at $.years[0].publicHolidays[0].dates[0]")]
    [InlineData("$.years[0].daysOff[0]", "\"2026-05-09\"", "$.years[0].daysOff[0]", "Saturday")]
    [InlineData("$.years[0].workedDays[0]", "\"2026-05-08\"", "$.years[0].workedDays[0]", "Friday")]
    [InlineData("$.years[0].workedDays[0]", "\"2026-05-02\"", "$.years[0].workedDays[0]", "already")]
    [InlineData("$.years[0].daysOff", "[]", "$.years[0].daysOff", "empty")]
    public void Read_CalendarWithOneFault_IsRefusedAtItsPlace(string path, string? value, string place, string problem)
    {
        var exception = Assert.Throws<TariffDocumentException>(() => Read(TestDocuments.With(Calendar, path, value)));

        var error = Assert.Single(exception.Errors);
        Assert.Equal(place, error.Path);
        Assert.Contains(problem, error.Problem);
    }

    [Fact]
    public void Read_YearLeftOut_IsRefused()
    {
        var exception = Assert.Throws<TariffDocumentException>(() => Read(Calendar.Replace("2027", "2028")));

        Assert.Equal("$.years[1].year: 2028 comes after 2026. Expected: 2027.", Assert.Single(exception.Errors).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"years\":[1]}")]
    public void Read_NoCalendar_IsRefused(string json) => Assert.NotEmpty(Assert.Throws<TariffDocumentException>(() => Read(json)).Errors);

    [Fact]
    public void With_AnotherCalendar_IsAddedOrTakesThePlaceOfItsNamesake()
    {
        var more = HolidayCalendarReader.BuiltIn.With(Read(Calendar));
        var replaced = more.With(Read(Calendar.Replace("\"XX\"", "\"CN\"")));

        Assert.Equal(["CN", "XX"], more.All.Select(calendar => calendar.Id).Order());
        Assert.Null(HolidayCalendarReader.BuiltIn.Find("XX"));
        Assert.Equal("the tests", replaced.Find("CN")?.Source);
        Assert.Equal(2, replaced.All.Count);
    }

    [Fact]
    public void Calendars_TwoOfOneId_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new HolidayCalendars([Read(Calendar), Read(Calendar)]));

    private static HolidayCalendar Read(string json) => HolidayCalendarReader.Read(Encoding.UTF8.GetBytes(json));
}
