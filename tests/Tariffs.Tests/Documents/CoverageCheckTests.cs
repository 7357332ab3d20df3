using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Documents;

public class CoverageCheckTests
{
    private const string Rest = CoverageRates.Rest;
    private const string Day = """[{ "startTime": "08:00", "endTime": "20:00" }]""";
    private const string Night = """[{ "startTime": "20:00", "endTime": "08:00" }]""";
    private const string Week = """[{ "days": ["mon", "tue", "wed", "thu", "fri"] }]""";
    private const string Weekend = """[{ "days": ["sat", "sun"] }]""";
    private const string Workdays = """[{ "days": ["workday"] }]""";
    private const string RestDays = """[{ "days": ["restDay"] }]""";
    private const string Holidays = """[{ "days": ["publicHoliday"] }]""";
    private const string Winter = """[{ "dates": [{ "from": "11-01", "to": "03-31" }] }]""";
    private const string EveNight = """[{ "days": ["holidayEve"], "startTime": "18:00", "endTime": "06:00" }]""";
    private const string Weekend2026 = """[{ "dates": [{ "from": "2026-09-05", "to": "2026-09-06" }] }]""";

    public static TheoryData<string[]> Whole => new()
    {
        { [Rest] },
        { ["""[{ "startTime": "00:00", "endTime": "24:00" }]"""] },
        { ["""[{ "startTime": "00:00", "endTime": "08:00" }, { "startTime": "08:00", "endTime": "24:00" }]"""] },
        { [Day, Night] },
        { [Day, Rest] },
        { [Week, Weekend] },
        { [Week, Rest] },
        { [Workdays, RestDays] },
        { [Workdays, """[{ "days": ["restDay", "publicHoliday"] }]"""] },
        { ["""[{ "days": ["workday", "holidayEve"] }]""", RestDays, Holidays] },
        { [Winter, """[{ "dates": [{ "from": "04-01", "to": "10-31" }] }]"""] },
        { ["""[{ "dates": [{ "from": "03-01", "to": "02-28" }] }]""", """[{ "dates": [{ "from": "02-29", "to": "02-29" }] }]"""] },

        // One band may say the same hours twice.
        { ["""[{ "days": ["restDay"] }, { "dates": [{ "from": "10-01", "to": "10-07" }] }]""", Rest] },

        // A Friday night goes into Saturday, which begins later then.
        {
            [
                """[{ "days": ["fri"], "startTime": "18:00", "endTime": "06:00" }]""",
                """
                [{ "days": ["sat"], "startTime": "06:00", "endTime": "24:00" },
                 { "days": ["fri"], "startTime": "00:00", "endTime": "18:00" }]
                """,
                """[{ "days": ["mon", "tue", "wed", "thu", "sun"] }]""",
            ]
        },

        // After an eve comes a public holiday, never another day.
        {
            [
                EveNight,
                """[{ "days": ["publicHoliday"], "startTime": "06:00", "endTime": "24:00" }, { "days": ["workday", "restDay"] }]""",
                Rest,
            ]
        },

        // Where nobody says publicHoliday, the day after an eve is the rest day that it is.
        { [EveNight, Workdays, Rest] },

        // There is no Monday in this weekend.
        { ["""[{ "days": ["mon"] }]""", Weekend2026, Rest] },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public void Read_BandsThatLeaveNoGapAndDoNotOverlap_AreAccepted(string[] bands) =>
        Assert.Equal(bands.Length, TestDocuments.Read(CoverageRates.Document(bands)).Versions[0].RateTables[0].Rates[0].Bands.Length);

    public static TheoryData<string[], string, string> Faulty => new()
    {
        { [Day], "no band holds from 00:00 to 08:00 on every day", "'a' from 00:00, or a band without activeTimes" },
        { [Week], "no band holds from 00:00 to 24:00 on a sat, on a sun", "a band for these days, or a band without activeTimes" },
        {
            ["""[{ "startTime": "20:00", "endTime": "06:00" }]"""],
            "no band holds from 06:00 to 20:00 on every day",
            "'a' then too, or a band without"
        },
        { [Week, """[{ "days": ["fri", "sat", "sun"] }]"""], "both 'a' and 'b' hold from 00:00 to 24:00 on a fri", "one of the two" },
        { [Workdays, Holidays], "no band holds from 00:00 to 24:00 on every restDay", "without activeTimes" },
        {
            [Workdays, RestDays, Weekend],
            "both 'a' and 'c' hold from 00:00 to 24:00 on a sat that is a workday, on a sun that is a workday",
            "one of the two"
        },
        { [Week, Weekend, Holidays, Day], "both 'c' and 'd' hold from 08:00 to 20:00 on a publicHoliday", "'c' without these hours" },
        {
            [Winter, """[{ "dates": [{ "from": "04-02", "to": "10-31" }] }]"""],
            "no band holds from 00:00 to 24:00 on 2023-04-01, a sat",
            "without activeTimes"
        },
        {
            ["""[{ "dates": [{ "from": "03-01", "to": "02-28" }] }]"""],
            "no band holds from 00:00 to 24:00 on 2024-02-29, a thu, ",
            "without activeTimes"
        },
        {
            [Weekend2026, """[{ "dates": [{ "from": "2000-01-01", "to": "2026-09-05" }] }]""", Rest],
            "on 2026-09-05, a sat",
            "one of the two"
        },
        {
            ["""[{ "days": ["sat"] }]""", """[{ "dates": [{ "from": "05-01", "to": "05-01" }] }]""", Rest],
            "-05-01, a sat",
            "one of the two"
        },
        {
            ["""[{ "days": ["fri"], "startTime": "18:00", "endTime": "06:00" }]""", """[{ "days": ["sat"] }]""", Rest],
            "both 'a' and 'b' hold from 00:00 to 06:00 on a sat",
            "'b' from 06:00"
        },
        {
            ["""[{ "startTime": "08:00", "endTime": "20:00" }]""", """[{ "startTime": "18:00", "endTime": "09:00" }]"""],
            "both 'a' and 'b' hold from 18:00 to 20:00 on every day",
            "'a' until 18:00, or 'b' from 20:00, or one of the two without activeTimes"
        },
        { [EveNight, Holidays, Rest], "both 'a' and 'b' hold from 00:00 to 06:00 on a publicHoliday after a holidayEve", "'b' from 06:00" },
        {
            [
                """[{ "days": ["holidayEve"], "startTime": "18:00", "endTime": "06:00" }]""",
                """[{ "days": ["sat"], "startTime": "00:00", "endTime": "06:00" }]""",
                Rest,
            ],
            "both 'a' and 'b' hold from 00:00 to 06:00 on a sat after a holidayEve",
            "one of the two"
        },
        {
            [EveNight, RestDays, Rest],
            "both 'a' and 'b' hold from 00:00 to 06:00 on a mon that is a restDay after a holidayEve, "
                + "on a tue that is a restDay after a holidayEve",
            "'b' from 06:00"
        },
        { [Day, Night, Rest], "the other bands leave no hour to 'c'", "no such band" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Read_BandsThatLeaveAGapOrOverlap_AreRefusedWithDayAndHour(string[] bands, string problem, string expected)
    {
        var errors = TestDocuments.ErrorsOf(CoverageRates.Document(bands));

        Assert.All(errors, error => Assert.Equal(CoverageRates.Bands, error.Path));
        Assert.Contains(errors, error => error.Problem.Contains(problem) && error.Expected.Contains(expected));
    }

    [Fact]
    public void Read_NightThatEndsTooEarly_IsOneFaultWithTwoWaysOut()
    {
        var error = Assert.Single(TestDocuments.ErrorsOf(
            CoverageRates.Document(Day, """[{ "startTime": "20:00", "endTime": "06:00" }]""")));

        Assert.Equal("no band holds from 06:00 to 08:00 on every day", error.Problem);
        Assert.Equal("'b' until 08:00, or 'a' from 06:00, or a band without activeTimes for whatever the others leave", error.Expected);
    }

    [Fact]
    public void Read_ManyBandsWithManyDateRanges_CostsAFractionOfWhatIsAllowed()
    {
        // 31 bands and the rest; each band has 64 dates of its own.
        var bands = Enumerable.Range(0, 31).Select(band => Times(Enumerable.Range(0, 64).Select(i => Range(AnyDate((band * 64) + i)))));
        var context = new ReadingContext();

        var tariff = TestDocuments.Read(CoverageRates.Document([.. bands, Rest]));
        CoverageCheck.Check(null!, tariff.Versions[0].RateTables[0].Rates[0].Bands, context);

        Assert.InRange(context.CoverageWork, 1, CoverageCheck.MaxWork / 4);
    }

    [Fact]
    public void Read_MoreDifferentDaysThanCanBeLookedAt_IsRefused()
    {
        // Every day of every year is a range of its own in one of the bands, and each band has dates of single years too. No two bands
        // have an hour in common.
        var bands = Enumerable.Range(0, 24).Select(band => Times(
            Enumerable.Range(0, 365).Where(day => day % 24 == band).Select(day => Range(AnyDate(day)[5..]))
                .Concat(Enumerable.Range(0, 48).Select(i => Range(AnyDate((((band * 48) + i) * 29) + 500)))),
            $"""
            , "startTime": "{band:00}:00", "endTime": "{band + 1:00}:00"
            """));

        var errors = TestDocuments.ErrorsOf(CoverageRates.Document([.. bands, Rest]));

        Assert.Contains("too many different dates", Assert.Single(errors).Problem);
    }

    [Fact]
    public void Read_ThousandsOfOverlaps_TellsTwentyOfThem()
    {
        var hours = Enumerable.Range(0, 64).Select(i => $$"""{ "startTime": "{{i / 4:00}}:{{i % 4 * 15:00}}", "endTime": "24:00" }""");
        var times = $"[{string.Join(',', hours)}]";

        Assert.Equal(20, TestDocuments.ErrorsOf(CoverageRates.Document([.. Enumerable.Repeat(times, 31), Rest])).Count);
    }

    private static string Times(IEnumerable<string> ranges, string hours = "") =>
        $$"""[{ "dates": [{{string.Join(',', ranges)}}]{{hours}} }]""";

    private static string Range(string date) => $$"""{"from":"{{date}}","to":"{{date}}"}""";

    /// <summary>A date of the years from 2001 on.</summary>
    private static string AnyDate(int number) =>
        new DateOnly(2001, 1, 1).AddDays(number).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
