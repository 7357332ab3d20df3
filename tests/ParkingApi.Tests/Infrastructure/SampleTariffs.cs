using System.Text;
using Parking.Tariffs;
using Parking.Tariffs.Documents;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>Price boards for the service's tests.</summary>
internal static class SampleTariffs
{
    private const string Head =
        """ "format": 1, "name": { "zh": "价目", "en": "Prices" }, "currency": "CNY", "timeZone": "Asia/Shanghai", """;

    private const string HourThenHalfHours = """
        { "id": "any-time", "rateLines": [
          { "rateLineType": "flatRateTier", "value": 1500, "durationStart": "PT0S", "durationEnd": "PT1H" },
          { "rateLineType": "incrementingRate", "value": 1000, "durationStart": "PT1H", "incrementPeriod": "PT30M" } ] }
        """;

    /// <summary>¥15 the first hour, then ¥10 a started half hour; ¥80 a day at most; 15 minutes free.</summary>
    public static Tariff Stepped { get; } = Read($$"""
        { {{Head}} "id": "stepped", "versions": [ { "version": 1,
          {{Whole(HourThenHalfHours, """ "entryGrace": "PT15M", "caps": [ { "per": "calendarDay", "value": 8000 } ],""")}} } ] }
        """);

    /// <summary>
    /// Like <see cref="Stepped"/>, with the same version number, but at twice the price: a change that a file must never have.
    /// </summary>
    public static Tariff SteppedAndChanged { get; } = Read($$"""
        { {{Head}} "id": "stepped", "versions": [ { "version": 1,
          {{Whole(HourThenHalfHours.Replace("1500", "3000", StringComparison.Ordinal), "")}} } ] }
        """);

    /// <summary>
    /// Priced to the second: ¥6 an hour by day and ¥2 by night; 1.5 times as much from 50 % occupancy on, twice as much from 90 % on.
    /// </summary>
    public static Tariff Busy { get; } = Read($$"""
        { {{Head}} "id": "busy", "versions": [ { "version": 4, "rounding": { "unit": 10, "mode": "up" },
          "occupancyFactors": [
            { "occupancyFrom": 0, "percent": 100 }, { "occupancyFrom": 50, "percent": 150 }, { "occupancyFrom": 90, "percent": 200 } ],
          "rateTables": [ { "id": "everyone", "rates": [ { "id": "day-night", "name": { "zh": "日夜", "en": "Day and night" },
            "ladderAtBandChange": "restarts", "stepAtBandChange": "split", "bands": [
              { "id": "day", "activeTimes": [ { "startTime": "08:00", "endTime": "20:00" } ], "rateLines": [
                { "rateLineType": "incrementingRate", "value": 600,
                  "durationStart": "PT0S", "incrementPeriod": "PT1H", "proRata": true } ] },
              { "id": "night", "activeTimes": [ { "startTime": "20:00", "endTime": "08:00" } ], "rateLines": [
                { "rateLineType": "incrementingRate", "value": 200,
                  "durationStart": "PT0S", "incrementPeriod": "PT1H", "proRata": true } ] } ] } ] } ] } ] }
        """);

    /// <summary>
    /// Until 6 May 2026 ¥10 an hour, for residents ¥2 and for motorcycles ¥1; from then on ¥30 for each stay, whoever it is.
    /// </summary>
    public static Tariff Changing { get; } = Read($$"""
        { {{Head}} "id": "changing", "versions": [
          { "version": 7, "validityEnd": "2026-05-06T00:00:00+08:00", "rounding": { "unit": 100, "mode": "halfUp" }, "rateTables": [
            { "id": "residents", "entitlements": [ "resident" ], "rates": [ {{Hourly("residents", 200)}} ] },
            { "id": "motorcycles", "vehicleClasses": [ "motorcycle" ], "rates": [ {{Hourly("motorcycles", 100)}} ] },
            { "id": "everyone", "rates": [ {{Hourly("everyone", 1000)}} ] } ] },
          { "version": 9, "validityStart": "2026-05-06T00:00:00+08:00",
            {{Whole("""{ "id": "all", "rateLines": [ { "rateLineType": "flatRate", "value": 3000, "per": "stay" } ] }""", "")}} } ] }
        """);

    /// <summary>¥1 for every minute, each a line of its own where the band changes: long stays have many lines.</summary>
    public static Tariff ManyLines { get; } = Read($$"""
        { {{Head}} "id": "many-lines", "versions": [ { "version": 1, "rounding": { "unit": 100, "mode": "halfUp" },
          "rateTables": [ { "id": "everyone", "rates": [ { "id": "am-pm", "name": { "zh": "上下午", "en": "Mornings and afternoons" },
            "ladderAtBandChange": "restarts", "stepAtBandChange": "endsWhole", "bands": [
            { "id": "am", "activeTimes": [ { "startTime": "00:00", "endTime": "12:00" } ],
              "rateLines": [ { "rateLineType": "flatRate", "value": 100, "per": "band" } ] },
            { "id": "pm", "rateLines": [ { "rateLineType": "flatRate", "value": 200, "per": "band" } ] } ] } ] } ] } ] }
        """);

    private static string Hourly(string id, int value) => $$"""
        { "id": "{{id}}", "name": { "zh": "{{id}}", "en": "{{id}}" }, "bands": [ { "id": "any-time", "rateLines": [
          { "rateLineType": "incrementingRate", "value": {{value}}, "durationStart": "PT0S", "incrementPeriod": "PT1H" } ] } ] }
        """;

    private static string Whole(string band, string more) => $$"""
        "rounding": { "unit": 100, "mode": "halfUp" }, "rateTables": [ { "id": "everyone", "rates": [
          { "id": "standard", "name": { "zh": "标准", "en": "Standard" }, {{more}} "bands": [ {{band}} ] } ] } ]
        """;

    private static Tariff Read(string json) => TariffReader.Read(Encoding.UTF8.GetBytes(json), HolidayCalendarReader.BuiltIn);
}
