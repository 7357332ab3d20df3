using System.Text;
using NodaTime;
using Parking.Tariffs;
using Parking.Tariffs.Documents;

namespace Parking.Bench;

/// <summary>One tariff of each kind.</summary>
internal static class TariffSamples
{
    private const string AnyTime = """{ "id": "any-time", "rateLines": [ """;

    private const string HourThenHalfHours = """
        { "rateLineType": "flatRateTier", "value": 1500, "durationStart": "PT0S", "durationEnd": "PT1H" },
        { "rateLineType": "incrementingRate", "value": 1000, "durationStart": "PT1H", "incrementPeriod": "PT30M" }
        """;

    private const string DayNight = $$"""
        "ladderAtBandChange": "restarts", "stepAtBandChange": "endsWhole",
        "bands": [
          { "id": "day", "activeTimes": [ { "startTime": "08:00", "endTime": "20:00" } ], "maxValue": 8000,
            "rateLines": [ {{HourThenHalfHours}} ] },
          { "id": "night", "activeTimes": [ { "startTime": "20:00", "endTime": "08:00" } ], "rateLines": [
            { "rateLineType": "incrementingRate", "value": 500, "durationStart": "PT0S", "incrementPeriod": "PT1H" } ] }
        ],
        "caps": [ { "per": "calendarDay", "value": 10000 }, { "per": "rolling24Hours", "value": 11000 } ]
        """;

    /// <summary>A tariff of a kind.</summary>
    public static Tariff Of(TariffKind kind)
    {
        var document = $$"""
            {
              "format": 1, "id": "bench", "name": { "zh": "测", "en": "Bench" }, "currency": "CNY",
              "timeZone": "Asia/Shanghai"{{(kind == TariffKind.ProRata ? ", \"holidayCalendar\": \"CN\"" : "")}},
              "versions": [ { "version": 1, "rounding": { "unit": 1, "mode": "halfUp" }, "rateTables": [
                { "id": "everyone",{{(kind == TariffKind.Cheapest ? " \"choose\": \"cheapest\"," : "")}}
                  "rates": [ {{RatesOf(kind)}} ] } ] } ]
            }
            """;
        return TariffReader.Read(Encoding.UTF8.GetBytes(document), HolidayCalendarReader.BuiltIn);
    }

    /// <summary>A stay from a Tuesday morning on.</summary>
    public static ParkedStay Park(TariffStay stay)
    {
        var enteredAt = Instant.FromUtc(2026, 3, 3, 1, 20);
        var length = stay switch
        {
            TariffStay.OneHour => Duration.FromHours(1),
            TariffStay.ThreeDays => Duration.FromDays(3),
            _ => Duration.FromDays(365),
        };
        return new() { EnteredAt = enteredAt, ExitedAt = enteredAt + length };
    }

    private static string RatesOf(TariffKind kind) => kind switch
    {
        TariffKind.Daily => Rate(
            "daily", $$""" "bands": [ {{AnyTime}} { "rateLineType": "flatRate", "value": 7500, "per": "calendarDay" } ] } ] """),
        TariffKind.Ladder => Rate(
            "ladder",
            $$""" "bands": [ {{AnyTime}} {{HourThenHalfHours}} ] } ], "caps": [ { "per": "calendarDay", "value": 8000 } ] """),
        TariffKind.DayNightCaps => Rate("day-night", DayNight),
        TariffKind.ProRata => Rate("pro-rata", """
            "ladderAtBandChange": "restarts", "stepAtBandChange": "endsWhole",
            "bands": [
              { "id": "work", "activeTimes": [ { "days": [ "workday" ], "startTime": "08:00", "endTime": "18:00" } ], "rateLines": [
                { "rateLineType": "incrementingRate", "value": 1100, "durationStart": "PT0S", "incrementPeriod": "PT1H",
                  "proRata": true } ] },
              { "id": "free", "rateLines": [ { "rateLineType": "flatRate", "value": 0, "per": "stay" } ] }
            ]
            """),
        TariffKind.Cheapest => string.Join(
            ',',
            Rate("early-bird", $$"""
                "conditions": {
                  "entryTimes": [ { "startTime": "06:00", "endTime": "09:00" } ],
                  "exitTimes": [ { "startTime": "15:30", "endTime": "23:30" } ],
                  "maxLength": "PT18H" },
                "bands": [ {{AnyTime}} { "rateLineType": "flatRate", "value": 4000, "per": "stay" } ] } ]
                """),
            Rate("weekend", $$"""
                "conditions": {
                  "entryTimes": [ { "days": [ "sat", "sun" ] } ],
                  "exitTimes": [ { "days": [ "sat", "sun" ] } ],
                  "maxLength": "P2D" },
                "bands": [ {{AnyTime}} { "rateLineType": "flatRate", "value": 3000, "per": "calendarDay" } ] } ]
                """),
            Rate("day-night", DayNight)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Rate(string id, string rest) => $$"""{ "id": "{{id}}", "name": { "zh": "{{id}}", "en": "{{id}}" }, {{rest}} }""";
}
