using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Parking.Tariffs.Calendars;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Documents;

/// <summary>Documents for the tests of the reader, and ways to break them.</summary>
internal static class TestDocuments
{
    /// <summary>A calendar of the tests' own, so that they do not change when a year is added to the real ones.</summary>
    public static readonly HolidayCalendars Calendars = new(
    [
        new HolidayCalendar(
            "TEST",
            "the tests",
            new(new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31)),
            new Dictionary<LocalDate, LocalizedText> { [new LocalDate(2026, 5, 1)] = new("劳动节", "Labour Day") },
            [new LocalDate(2026, 5, 4)],
            [new LocalDate(2026, 5, 9)]),
    ]);

    /// <summary>One band, one ladder.</summary>
    public const string Simple = """
        {
          "format": 1, "id": "simple", "name": { "zh": "简单", "en": "Simple" }, "currency": "CNY", "timeZone": "Asia/Shanghai",
          "versions": [ { "version": 1, "rounding": { "unit": 100, "mode": "halfUp" }, "rateTables": [ { "id": "everyone", "rates": [
            { "id": "standard", "name": { "zh": "标准", "en": "Standard" }, "entryGrace": "PT15M",
              "bands": [ { "id": "any-time", "rateLines": [
                { "rateLineType": "flatRateTier", "value": 1500, "durationStart": "PT0S", "durationEnd": "PT1H" },
                { "rateLineType": "incrementingRate", "value": 1000, "durationStart": "PT1H", "incrementPeriod": "PT30M" } ] } ],
              "caps": [ { "per": "calendarDay", "value": 8000 } ] } ] } ] } ]
        }
        """;

    /// <summary>Every field that there is.</summary>
    public const string Everything = """
        {
          "format": 1, "id": "everything", "name": { "zh": "全部", "en": "Everything" }, "note": "Made up.", "currency": "CNY",
          "timeZone": "Asia/Shanghai", "holidayCalendar": "TEST",
          "versions": [
            { "version": 3, "validityEnd": "2026-01-01T00:00:00+08:00", "rounding": { "unit": 50, "mode": "up" },
              "rateTables": [ { "id": "everyone", "rates": [ { "id": "free", "name": { "zh": "免费", "en": "Free" },
                "bands": [ { "id": "all", "rateLines": [ { "rateLineType": "flatRate", "value": 0, "per": "stay" } ] } ] } ] } ] },
            { "version": 7, "validityStart": "2025-12-31T16:00:00Z", "validityEnd": "2027-01-01T00:00:00+08:00",
              "rounding": { "unit": 100, "mode": "halfEven" }, "exitGrace": "PT20M",
              "occupancyFactors": [ { "occupancyFrom": 0, "percent": 100 }, { "occupancyFrom": 85, "percent": 150 } ],
              "validations": [
                { "id": "cinema", "name": { "zh": "影院", "en": "Cinema" }, "freeTime": "PT2H", "stackable": true, "maxValue": 3000 },
                { "id": "coupon", "name": { "zh": "优惠券", "en": "Coupon" }, "amountOff": 500, "stackable": true },
                { "id": "staff", "name": { "zh": "员工", "en": "Staff" }, "percentOff": 50, "stackable": false, "minValue": 200 } ],
              "rateTables": [
                { "id": "electric", "name": { "zh": "电动车", "en": "Electric" }, "vehicleClasses": [ "electric", "motorcycle" ],
                  "entitlements": [ "resident" ], "rates": [
                  { "id": "weekend", "name": { "zh": "周末", "en": "Weekend" }, "ladderAtBandChange": "continues",
                    "stepAtBandChange": "split",
                    "bands": [
                      { "id": "weekend", "activeTimes": [ { "days": [ "sat", "sun" ] } ], "rateLines": [
                        { "rateLineType": "incrementingRate", "value": 400, "durationStart": "PT0S", "incrementPeriod": "PT1H" } ] },
                      { "id": "week", "rateLines": [
                        { "rateLineType": "incrementingRate", "value": 600, "durationStart": "PT0S", "incrementPeriod": "PT1H",
                          "proRata": true } ] }
                    ] } ] },
                { "id": "everyone", "choose": "cheapest", "rates": [
                  { "id": "early-bird", "name": { "zh": "早鸟", "en": "Early bird" },
                    "conditions": { "entryTimes": [ { "days": [ "workday" ], "startTime": "06:00", "endTime": "09:00" } ],
                      "exitTimes": [ { "startTime": "15:30", "endTime": "23:30" } ], "maxLength": "PT18H" },
                    "bands": [ { "id": "day", "rateLines": [ { "rateLineType": "flatRate", "value": 3000, "per": "stay" } ] } ] },
                  { "id": "day-night", "name": { "zh": "日夜", "en": "Day and night" }, "entryGrace": "PT15M", "freeTime": "PT10M",
                    "minValue": 200,
                    "ladderAtBandChange": "restarts", "stepAtBandChange": "endsWhole",
                    "bands": [
                      { "id": "day", "name": { "zh": "白天", "en": "Day" }, "activeTimes": [ { "startTime": "08:00", "endTime": "20:00" } ],
                        "maxValue": 8000, "rateLines": [
                        { "rateLineType": "flatRateTier", "value": 1500, "durationStart": "PT0S", "durationEnd": "PT1H" },
                        { "rateLineType": "incrementingRate", "value": 1000, "durationStart": "PT1H", "durationEnd": "PT3H",
                          "incrementPeriod": "PT30M" },
                        { "rateLineType": "incrementingRate", "value": 700, "durationStart": "PT3H", "incrementPeriod": "PT30M" } ] },
                      { "id": "night", "activeTimes": [ { "startTime": "20:00", "endTime": "08:00" } ],
                        "rateLines": [ { "rateLineType": "flatRate", "value": 1000, "per": "band" } ] } ],
                    "caps": [ { "per": "calendarDay", "value": 10000 }, { "per": "rolling24Hours", "value": 12000 },
                      { "per": "rolling7Days", "value": 50000 }, { "per": "stay", "value": 90000 } ],
                    "maximumStay": { "duration": "P7D",
                      "overstay": { "rateLines": [ { "rateLineType": "flatRate", "value": 10000, "per": "calendarDay" } ] } } } ] } ] },
            { "version": 8, "validityStart": "2027-01-01T00:00:00+08:00", "rounding": { "unit": 1, "mode": "down" },
              "rateTables": [ { "id": "everyone", "rates": [
                { "id": "seasons", "name": { "zh": "季节", "en": "Seasons" }, "ladderAtBandChange": "restarts", "stepAtBandChange": "runsOn",
                  "bands": [
                    { "id": "winter", "activeTimes": [ { "dates": [ { "from": "11-01", "to": "03-31" } ] } ],
                      "rateLines": [ { "rateLineType": "incrementingRate", "value": 300, "durationStart": "PT0S",
                        "incrementPeriod": "PT15M" } ] },
                    { "id": "fair", "activeTimes": [ { "dates": [ { "from": "2027-09-01", "to": "2027-09-10" } ] } ],
                      "rateLines": [ { "rateLineType": "flatRate", "value": 9900, "per": "calendarDay" } ] },
                    { "id": "else", "rateLines": [ { "rateLineType": "incrementingRate", "value": 500, "durationStart": "PT0S",
                      "incrementPeriod": "PT15M" } ] }
                  ], "maximumStay": { "duration": "P30D" } } ] } ] } ]
        }
        """;

    /// <summary>Reads a document with the calendar of the tests.</summary>
    public static Tariff Read(string json) => TariffReader.Read(Encoding.UTF8.GetBytes(json), Calendars);

    /// <summary>What the reader says of a document that it must refuse.</summary>
    public static IReadOnlyList<DocumentError> ErrorsOf(string json) => Assert.Throws<TariffDocumentException>(() => Read(json)).Errors;

    /// <summary>A document with something else at a path; with nothing there, if <paramref name="value"/> is null.</summary>
    /// <param name="json">The document.</param>
    /// <param name="path">As errors have it: <c>$.versions[0].version</c>. A last index one past the end adds to the list.</param>
    /// <param name="value">JSON.</param>
    public static string With(string json, string path, string? value)
    {
        var root = JsonNode.Parse(json)!;
        var steps = path.Replace("]", "").Split('.', '[').Skip(1).ToArray();
        var parent = root;
        foreach (var step in steps[..^1])
        {
            parent = parent is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : parent[step]!;
        }

        switch (parent)
        {
            case JsonArray list:
                var index = int.Parse(steps[^1], CultureInfo.InvariantCulture);
                if (index < list.Count)
                {
                    list.RemoveAt(index);
                }

                if (value is not null)
                {
                    list.Insert(index, JsonNode.Parse(value));
                }

                break;
            case JsonObject fields when value is null:
                Assert.True(fields.Remove(steps[^1]), $"{path} is not there");
                break;
            default:
                parent[steps[^1]] = JsonNode.Parse(value!);
                break;
        }

        return root.ToJsonString();
    }
}
