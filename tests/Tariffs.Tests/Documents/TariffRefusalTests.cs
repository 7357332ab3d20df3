using Parking.Tariffs.Calendars;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Documents;

/// <summary>
/// One broken document for each thing that the reader looks at: it says where, what, and what would be right, and nothing else.
/// </summary>
public class TariffRefusalTests
{
    private const string Version = "$.versions[0]";
    private const string Table = Version + ".rateTables[0]";
    private const string Rate = Table + ".rates[0]";
    private const string Band = Rate + ".bands[0]";
    private const string Line0 = Band + ".rateLines[0]";
    private const string Line1 = Band + ".rateLines[1]";
    private const string Version1 = "$.versions[1]";
    private const string Electric = Version1 + ".rateTables[0]";
    private const string Weekend = Electric + ".rates[0]";
    private const string Everyone = Version1 + ".rateTables[1]";
    private const string EarlyBird = Everyone + ".rates[0]";
    private const string DayNight = Everyone + ".rates[1]";
    private const string Seasons = "$.versions[2].rateTables[0].rates[0]";
    private const string Flat = """{ "rateLineType": "flatRate", "value": 100, "per": "stay" }""";

    [Theory]
    [InlineData("$.format", null, "$.format", "missing", "from 1 to 1")]
    [InlineData("$.format", "2", "$.format", "2 is out of range", "from 1 to 1")]
    [InlineData("$.format", "\"1\"", "$.format", "\"1\" stands here", "a whole number")]
    [InlineData("$.id", null, "$.id", "missing", "a-z")]
    [InlineData("$.id", "\"\"", "$.id", "not well-formed", "1 to 32")]
    [InlineData("$.id", "\"Center\"", "$.id", "'Center'", "a-z")]
    [InlineData("$.id", "\"a23456789012345678901234567890123\"", "$.id", "not well-formed", "1 to 32")]
    [InlineData("$.name", "\"Simple\"", "$.name", "\"Simple\" stands here", "zh, en")]
    [InlineData("$.name.zh", null, "$.name.zh", "missing", "1 to 80")]
    [InlineData("$.name.en", "\" \"", "$.name.en", "blank", "1 to 80")]
    [InlineData("$.name.en", "\"a\\u0007b\"", "$.name.en", "control", "1 to 80")]
    [InlineData("$.name.fr", "\"Simple\"", "$.name.fr", "unknown", "zh, en")]
    [InlineData("$.note", "7", "$.note", "7 stands here", "a text")]
    [InlineData("$.currency", "\"cny\"", "$.currency", "'cny'", "CNY")]
    [InlineData("$.currency", "\"CNYX\"", "$.currency", "'CNYX'", "CNY")]
    [InlineData("$.timeZone", "\"UTC+08:00\"", "$.timeZone", "'UTC+08:00'", "Asia/Shanghai")]
    [InlineData("$.timeZone", "\"Peking\"", "$.timeZone", "'Peking'", "Asia/Shanghai")]
    [InlineData("$.holidayCalendar", "\"TEST\"", "$.holidayCalendar", "no day", "left out")]
    [InlineData("$.tarif", "1", "$.tarif", "unknown", "format, id, name, note, currency, timeZone, holidayCalendar, versions")]
    [InlineData("$.versions", "[]", "$.versions", "empty", "1 to 100")]
    [InlineData("$.versions", "{}", "$.versions", "an object stands here", "a list")]
    [InlineData(Version, "null", Version, "null stands here", "an object with version")]
    [InlineData(Version + ".version", "0", Version + ".version", "0 is out of range", "1000000")]
    [InlineData(Version + ".version", "1.0", Version + ".version", "1.0 stands here", "a whole number")]
    [InlineData(Version + ".version", "1e308", Version + ".version", "1e308 stands here", "a whole number")]
    [InlineData(Version + ".rounding", null, Version + ".rounding", "missing", "unit and mode")]
    [InlineData(Version + ".rounding.unit", "10001", Version + ".rounding.unit", "out of range", "10000")]
    [InlineData(Version + ".rounding.mode", "\"HalfUp\"", Version + ".rounding.mode", "'HalfUp'", "halfUp")]
    [InlineData(Version + ".exitGrace", "\"PT0S\"", Version + ".exitGrace", "nothing is no length", "PT30M")]
    [InlineData(Version + ".exitGrace", "\"20\"", Version + ".exitGrace", "'20'", "PT30M")]
    [InlineData(Version + ".validityStart", "\"2026-01-01\"", Version + ".validityStart", "no instant", "+08:00")]
    [InlineData(Version + ".validityStart", "\"2026-01-01T00:00:00\"", Version + ".validityStart", "no instant", "+08:00")]
    [InlineData(Version + ".validityStart", "\"1899-12-31T23:59:59Z\"", Version + ".validityStart", "no instant", "1900")]
    [InlineData(Version + ".validityStart", "\"9999-12-31T23:59:59-18:00\"", Version + ".validityStart", "no instant", "2999")]
    [InlineData(Version + ".validityStart", "\"2026-01-01T00:00:00.5Z\"", Version + ".validityStart", "no instant", "+08:00")]
    [InlineData(Version + ".validations", "[]", Version + ".validations", "empty", "1 to 32")]
    [InlineData(
        Version + ".occupancyFactors", "[{\"occupancyFrom\":10,\"percent\":100}]",
        Version + ".occupancyFactors[0].occupancyFrom", "below 10 %", "0")]
    [InlineData(
        Version + ".occupancyFactors",
        "[{\"occupancyFrom\":0,\"percent\":100},{\"occupancyFrom\":50,\"percent\":100},{\"occupancyFrom\":50,\"percent\":120}]",
        Version + ".occupancyFactors[2].occupancyFrom",
        "not above",
        "more than 50")]
    [InlineData(
        Version + ".occupancyFactors", "[{\"occupancyFrom\":0,\"percent\":1001}]",
        Version + ".occupancyFactors[0].percent", "1001", "1000")]
    [InlineData(Version + ".rateTables", null, Version + ".rateTables", "missing", "rate tables")]
    [InlineData(Table + ".vehicleClasses", "[\"car\"]", Table, "no price", "without vehicleClasses and entitlements")]
    [InlineData(Table + ".choose", "\"first\"", Table + ".choose", "only one rate", "left out")]
    [InlineData(Table + ".rates", "[]", Table + ".rates", "empty", "1 to 32")]
    [InlineData(Rate + ".conditions", "{\"maxLength\":\"PT1H\"}", Rate + ".conditions", "no price", "without conditions")]
    [InlineData(Rate + ".name", null, Rate + ".name", "missing", "zh and en")]
    [InlineData(Rate + ".freeTime", "\"P1W\"", Rate + ".freeTime", "'P1W'", "PT30M")]
    [InlineData(Rate + ".freeTime", "\"P3661D\"", Rate + ".freeTime", "too long", "P3660D")]
    [InlineData(Rate + ".minValue", "0", Rate + ".minValue", "0 is out of range", "from 1")]
    [InlineData(Rate + ".minValue", "250", Rate + ".minValue", "rounding unit 100", "200 or 300")]
    [InlineData(Rate + ".minValue", "50", Rate + ".minValue", "rounding unit 100", "100")]
    [InlineData(Rate + ".ladderAtBandChange", "\"restarts\"", Rate + ".ladderAtBandChange", "only one band", "left out")]
    [InlineData(Rate + ".stepAtBandChange", "\"split\"", Rate + ".stepAtBandChange", "only one band", "left out")]
    [InlineData(Rate + ".bands", null, Rate + ".bands", "missing", "bands")]
    [InlineData(Rate + ".caps[0].value", "8050", Rate + ".caps[0].value", "rounding unit 100", "8000 or 8100")]
    [InlineData(Rate + ".caps[0].value", "0", Rate + ".caps[0].value", "0 is out of range", "from 1")]
    [InlineData(Rate + ".caps[0].per", "\"day\"", Rate + ".caps[0].per", "'day'", "calendarDay")]
    [InlineData(Rate + ".caps[1]", "{\"per\":\"calendarDay\",\"value\":100}", Rate + ".caps[1].per", "already", "each period")]
    [InlineData(Rate + ".maximumStay", "{}", Rate + ".maximumStay.duration", "missing", "P1D")]
    [InlineData(
        Rate + ".maximumStay", "{\"duration\":\"P1D\",\"overstay\":{}}", Rate + ".maximumStay.overstay.rateLines", "missing", "rate lines")]
    [InlineData(Band + ".id", "\"overstay\"", Band + ".id", "maximum stay", "another id")]
    [InlineData(Band + ".maxValue", "150", Band + ".maxValue", "rounding unit", "100 or 200")]
    [InlineData(Band + ".activeTimes", "[]", Band + ".activeTimes", "empty", "1 to 64")]
    [InlineData(Band + ".activeTimes", "[{}]", Band + ".activeTimes[0]", "nothing is said", "startTime with endTime")]
    [InlineData(Band + ".activeTimes", "[{\"days\":[]}]", Band + ".activeTimes[0].days", "empty", "mon")]
    [InlineData(Band + ".activeTimes", "[{\"days\":[\"monday\"]}]", Band + ".activeTimes[0].days[0]", "'monday'", "mon or tue")]
    [InlineData(Band + ".activeTimes", "[{\"days\":[\"mon\",\"mon\"]}]", Band + ".activeTimes[0].days[1]", "already", "once")]
    [InlineData(Band + ".activeTimes", "[{\"startTime\":\"08:00\"}]", Band + ".activeTimes[0].endTime", "only one", "both")]
    [InlineData(Band + ".activeTimes", "[{\"endTime\":\"08:00\"}]", Band + ".activeTimes[0].startTime", "only one", "both")]
    [InlineData(
        Band + ".activeTimes", "[{\"startTime\":\"8:00\",\"endTime\":\"20:00\"}]", Band + ".activeTimes[0].startTime", "'8:00'", "08:00")]
    [InlineData(
        Band + ".activeTimes", "[{\"startTime\":\"08:00\",\"endTime\":\"25:00\"}]", Band + ".activeTimes[0].endTime", "'25:00'", "24:00")]
    [InlineData(
        Band + ".activeTimes", "[{\"startTime\":\"08:00\",\"endTime\":\"08:00\"}]",
        Band + ".activeTimes[0].endTime", "ends when it begins", "left out")]
    [InlineData(
        Band + ".activeTimes", "[{\"startTime\":\"08:00\",\"endTime\":\"00:00\"}]",
        Band + ".activeTimes[0].endTime", "beginning of a day", "24:00")]
    [InlineData(
        Band + ".activeTimes", "[{\"startTime\":\"24:00\",\"endTime\":\"08:00\"}]",
        Band + ".activeTimes[0].startTime", "at its end", "00:00")]
    [InlineData(
        Band + ".activeTimes", "[{\"dates\":[{\"from\":\"02-30\",\"to\":\"03-01\"}]}]",
        Band + ".activeTimes[0].dates[0].from", "'02-30'", "05-01")]
    [InlineData(
        Band + ".activeTimes", "[{\"dates\":[{\"from\":\"2026-01-02\",\"to\":\"2026-01-01\"}]}]",
        Band + ".activeTimes[0].dates[0].to", "before", "later")]
    [InlineData(
        Band + ".activeTimes", "[{\"dates\":[{\"from\":\"2026-01-02\",\"to\":\"03-01\"}]}]",
        Band + ".activeTimes[0].dates[0].to", "year", "yyyy-MM-dd")]
    [InlineData(
        Band + ".activeTimes", "[{\"dates\":[{\"from\":\"1999-01-02\",\"to\":\"2026-01-01\"}]}]",
        Band + ".activeTimes[0].dates[0].from", "1999", "2000")]
    [InlineData(Band + ".activeTimes", "[{\"dates\":[{\"from\":\"01-02\"}]}]", Band + ".activeTimes[0].dates[0].to", "missing", "05-01")]
    [InlineData(Band + ".rateLines", null, Band + ".rateLines", "missing", "rate lines")]
    [InlineData(Band + ".rateLines", "[]", Band + ".rateLines", "empty", "1 to 256")]
    [InlineData(Band + ".rateLines[0]", Flat, Line0, "among other lines", "alone")]
    [InlineData(Line0 + ".rateLineType", "\"hourly\"", Line0 + ".rateLineType", "'hourly'", "flatRateTier")]
    [InlineData(Line0 + ".value", "-1", Line0 + ".value", "-1", "from 0")]
    [InlineData(Line0 + ".value", "100000001", Line0 + ".value", "100000001", "100000000")]
    [InlineData(Line0 + ".value", "\"NaN\"", Line0 + ".value", "NaN", "a whole number")]
    [InlineData(Line0 + ".value", "99999999999999999999", Line0 + ".value", "99999999999999999999", "a whole number")]
    [InlineData(Line0 + ".per", "\"stay\"", Line0 + ".per", "flatRate", "left out")]
    [InlineData(Line0 + ".incrementPeriod", "\"PT1H\"", Line0 + ".incrementPeriod", "single step", "left out")]
    [InlineData(Line0 + ".proRata", "false", Line0 + ".proRata", "single step", "left out")]
    [InlineData(Line0 + ".sequence", "1", Line0 + ".sequence", "unknown", "durationStart")]
    [InlineData(Line0 + ".durationStart", "\"PT10M\"", Line0 + ".durationStart", "beginning", "PT0S")]
    [InlineData(Line0 + ".durationStart", null, Line0 + ".durationStart", "missing", "PT0S")]
    [InlineData(Line0 + ".durationEnd", null, Line0 + ".durationEnd", "no end", "durationStart of the next")]
    [InlineData(Line1 + ".durationStart", "\"PT2H\"", Line1 + ".durationStart", "from PT1H to PT2H there is no price", "PT1H")]
    [InlineData(Line1 + ".durationStart", "\"PT30M\"", Line1 + ".durationStart", "from PT30M to PT1H there are two prices", "PT1H")]
    [InlineData(Line1 + ".durationEnd", "\"PT12H\"", Line1 + ".durationEnd", "after PT12H there is no price", "without durationEnd")]
    [InlineData(Line1 + ".incrementPeriod", null, Line1 + ".incrementPeriod", "missing", "PT30M")]
    [InlineData(Line1 + ".incrementPeriod", "\"PT0S\"", Line1 + ".incrementPeriod", "nothing", "PT30M")]
    [InlineData(Line1 + ".proRata", "\"yes\"", Line1 + ".proRata", "yes", "true or false")]
    [InlineData(Band + ".rateLines", "[{\"rateLineType\":\"flatRate\",\"value\":0}]", Line0 + ".per", "missing", "stay, band, calendarDay")]
    [InlineData(
        Band + ".rateLines",
        "[{\"rateLineType\":\"flatRate\",\"value\":0,\"per\":\"stay\",\"durationStart\":\"PT0S\"}]",
        Line0 + ".durationStart",
        "flatRate",
        "left out")]
    [InlineData(
        Band + ".rateLines",
        "[{\"rateLineType\":\"incrementingRate\",\"value\":1,\"durationStart\":\"PT0S\",\"durationEnd\":\"PT50M\","
            + "\"incrementPeriod\":\"PT20M\"},"
        + "{\"rateLineType\":\"flatRateTier\",\"value\":1,\"durationStart\":\"PT50M\"}]",
        Line0 + ".durationEnd",
        "no whole number of steps of PT20M",
        "PT40M or PT1H")]
    [InlineData(
        Band + ".rateLines",
        "[{\"rateLineType\":\"incrementingRate\",\"value\":1,\"durationStart\":\"PT0S\",\"durationEnd\":\"P116D\","
            + "\"incrementPeriod\":\"PT10000001S\",\"proRata\":true},"
        + "{\"rateLineType\":\"flatRateTier\",\"value\":1,\"durationStart\":\"P116D\"}]",
        Rate,
        "10000001 seconds",
        "at most 10000000")]
    public void Read_SimpleDocumentWithOneFault_IsRefusedAtItsPlace(
        string path, string? value, string place, string problem, string expected) =>
        AssertRefused(TestDocuments.Simple, path, value, place, problem, expected);

    [Theory]
    [InlineData("$.holidayCalendar", null, "$.holidayCalendar", EarlyBird + ".conditions.entryTimes[0].days[0]", "TEST")]
    [InlineData("$.holidayCalendar", "\"CN\"", "$.holidayCalendar", "'CN'", "TEST")]
    [InlineData(Version1 + ".version", "3", Version1 + ".version", "3 comes after 3", "more than 3")]
    [InlineData(Version1 + ".validityStart", null, Version1 + ".validityStart", "only the first", "the version before")]
    [InlineData(Version + ".validityEnd", null, Version + ".validityEnd", "only the last", "the next version")]
    [InlineData(
        Version1 + ".validityStart", "\"2026-01-02T00:00:00+08:00\"",
        Version1 + ".validityStart", "no version is in force", "2025-12-31T16:00:00Z")]
    [InlineData(
        Version1 + ".validityStart", "\"2025-12-31T00:00:00+08:00\"",
        Version1 + ".validityStart", "two versions are in force", "2025-12-31T16:00:00Z")]
    [InlineData(Version + ".validityStart", "\"2026-01-01T00:00:00+08:00\"", Version + ".validityEnd", "before it has begun", "later than")]
    [InlineData(Version1 + ".validations[1].id", "\"cinema\"", Version1 + ".validations[1].id", "already", "of its own")]
    [InlineData(Version1 + ".validations[1].amountOff", null, Version1 + ".validations[1]", "nothing off", "one of")]
    [InlineData(Version1 + ".validations[1].percentOff", "5", Version1 + ".validations[1]", "amountOff and percentOff", "one of")]
    [InlineData(Version1 + ".validations[1].stackable", null, Version1 + ".validations[1].stackable", "missing", "true or false")]
    [InlineData(Version1 + ".validations[1].minValue", "150", Version1 + ".validations[1].minValue", "rounding unit 100", "100 or 200")]
    [InlineData(Version1 + ".validations[1].maxValue", "0", Version1 + ".validations[1].maxValue", "0 is out of range", "from 1")]
    [InlineData(Version1 + ".validations[2].percentOff", "101", Version1 + ".validations[2].percentOff", "101", "100")]
    [InlineData(Version1 + ".validations[0].freeTime", "\"PT0S\"", Version1 + ".validations[0].freeTime", "nothing", "PT30M")]
    [InlineData(Electric + ".vehicleClasses", "[\"car\",\"car\"]", Electric + ".vehicleClasses[1]", "already", "once")]
    [InlineData(Electric + ".vehicleClasses", "[\"bike\"]", Electric + ".vehicleClasses[0]", "'bike'", "motorcycle")]
    [InlineData(Electric + ".entitlements", "[\"resident\",\"resident\"]", Electric + ".entitlements[1]", "already", "once")]
    [InlineData(Electric + ".entitlements", "[\"Resident\"]", Electric + ".entitlements[0]", "'Resident'", "a-z")]
    [InlineData(Everyone + ".id", "\"electric\"", Everyone + ".id", "already", "of its own")]
    [InlineData(Everyone + ".choose", null, Everyone + ".choose", "2 rates", "first, cheapest")]
    [InlineData(Everyone + ".choose", "\"best\"", Everyone + ".choose", "'best'", "cheapest")]
    [InlineData(EarlyBird + ".conditions", null, EarlyBird + ".conditions", "always", "this rate last")]
    [InlineData(EarlyBird + ".conditions", "{}", EarlyBird + ".conditions", "no condition", "entryTimes")]
    [InlineData(EarlyBird + ".conditions.maxLength", null, EarlyBird + ".conditions.maxLength", "exitTimes", "longest stay")]
    [InlineData(DayNight + ".id", "\"early-bird\"", DayNight + ".id", "already", "of its own")]
    [InlineData(DayNight + ".ladderAtBandChange", null, DayNight + ".ladderAtBandChange", "2 bands", "restarts, continues")]
    [InlineData(DayNight + ".stepAtBandChange", null, DayNight + ".stepAtBandChange", "2 bands", "endsWhole, split, runsOn")]
    [InlineData(Weekend + ".stepAtBandChange", "\"endsWhole\"", Weekend + ".stepAtBandChange", "whole in both bands", "split or runsOn")]
    [InlineData(DayNight + ".bands[1].id", "\"day\"", DayNight + ".bands[1].id", "already", "of its own")]
    [InlineData(
        DayNight + ".bands[1].activeTimes[0].startTime", "\"21:00\"",
        DayNight + ".bands", "no band holds from 20:00 to 21:00 on every day", "'day' until 21:00, or 'night' from 20:00")]
    [InlineData(
        DayNight + ".bands[1].activeTimes[0].endTime", "\"09:00\"",
        DayNight + ".bands", "both 'night' and 'day' hold from 08:00 to 09:00 on every day", "'night' until 08:00, or 'day' from 09:00")]
    [InlineData(Seasons + ".bands[1].activeTimes", null, Seasons + ".bands[2].activeTimes", "the rest already", "one band at most")]
    [InlineData(
        Seasons + ".bands[1].activeTimes[0].dates[0]",
        "{\"from\":\"2027-03-31\",\"to\":\"2027-04-01\"}",
        Seasons + ".bands",
        "both 'winter' and 'fair' hold from 00:00 to 24:00 on 2027-03-31, a wed",
        "one of the two")]
    [InlineData(
        Seasons + ".bands[2].rateLines", "[{\"rateLineType\":\"flatRateTier\",\"value\":1,\"durationStart\":\"PT0S\"}]",
        Seasons + ".bands[2].rateLines[0].durationEnd", "without end", "flatRate per stay")]
    [InlineData(Weekend + ".bands[1].rateLines[0].incrementPeriod", "\"PT7919S\"", Weekend, "PT1H, PT2H11M59S", "at most 10000000")]
    public void Read_DocumentWithEveryFieldAndOneFault_IsRefusedAtItsPlace(
        string path, string? value, string place, string problem, string expected) =>
        AssertRefused(TestDocuments.Everything, path, value, place, problem, expected);

    [Fact]
    public void Read_FifthStackablePercentage_IsRefused()
    {
        var validations = string.Join(", ", Enumerable.Range(0, 5).Select(i =>
            $$"""{ "id": "v{{i}}", "name": { "zh": "券", "en": "Voucher" }, "percentOff": 10, "stackable": true }"""));

        AssertRefused(
            TestDocuments.Simple, Version + ".validations", $"[{validations}]", Version + ".validations", "5 stackable", "at most 4");
    }

    [Fact]
    public void Read_TableForAllBeforeAnother_IsRefusedAsUnreachable()
    {
        var table = """{ "id": "more", "rates": [ { "id": "free", "name": { "zh": "免费", "en": "Free" }, "bands": [ """
            + """{ "id": "all", "rateLines": [ """ + Flat + " ] } ] } ] }";

        AssertRefused(TestDocuments.Simple, Version + ".rateTables[1]", table, Table, "never reached", "this table last");
    }

    [Fact]
    public void Read_ManyFaults_AreAllToldAtOnce()
    {
        var json = TestDocuments.With(TestDocuments.Simple, "$.currency", "\"yuan\"");
        json = TestDocuments.With(json, Line0 + ".value", "-5");
        json = TestDocuments.With(json, Version + ".rounding.mode", null);

        Assert.Equal(
            [Version + ".rounding.mode", Line0 + ".value", "$.currency"], TestDocuments.ErrorsOf(json).Select(error => error.Path));
    }

    [Fact]
    public void Read_NoCalendarKnown_SaysSo()
    {
        var exception = Assert.Throws<TariffDocumentException>(
            () => TariffReader.Read(System.Text.Encoding.UTF8.GetBytes(TestDocuments.Everything), new HolidayCalendars([])));

        Assert.Contains("no holiday calendar is known here", Assert.Single(exception.Errors).Expected);
    }

    private static void AssertRefused(string document, string path, string? value, string place, string problem, string expected)
    {
        var error = Assert.Single(TestDocuments.ErrorsOf(TestDocuments.With(document, path, value)));

        Assert.Equal(place, error.Path);
        Assert.Contains(problem, error.Problem);
        Assert.Contains(expected, error.Expected);
    }
}
