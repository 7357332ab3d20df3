using System.Text.Json.Nodes;

namespace Parking.Api.Tests.Tariffs;

/// <summary>Tariff documents for tests of the service. How prices are computed is tested with the library.</summary>
internal static class TariffDocuments
{
    /// <summary>¥5 a started half hour.</summary>
    public static string HalfHours(string id, Action<JsonNode>? change = null)
    {
        var root = JsonNode.Parse($$"""
            {
              "format": 1, "id": "{{id}}", "name": { "zh": "半小时", "en": "Half hours" }, "currency": "CNY", "timeZone": "Asia/Shanghai",
              "versions": [ { "version": 1, "rounding": { "unit": 100, "mode": "halfUp" }, "rateTables": [ { "id": "everyone", "rates": [
                { "id": "standard", "name": { "zh": "标准", "en": "Standard" }, "bands": [ { "id": "any-time", "rateLines": [
                  { "rateLineType": "incrementingRate", "value": 500, "durationStart": "PT0S", "incrementPeriod": "PT30M" }
                ] } ] } ] } ] } ]
            }
            """)!;
        change?.Invoke(root);
        return root.ToJsonString();
    }

    /// <summary>¥10 on a workday, nothing on others.</summary>
    public static string Workdays(string id, string calendar) => HalfHours(id, root =>
    {
        root["holidayCalendar"] = calendar;
        var rate = root["versions"]![0]!["rateTables"]![0]!["rates"]![0]!;
        rate["ladderAtBandChange"] = "restarts";
        rate["stepAtBandChange"] = "endsWhole";
        rate["bands"] = JsonNode.Parse("""
            [ { "id": "work", "activeTimes": [ { "days": [ "workday" ] } ],
                "rateLines": [ { "rateLineType": "flatRate", "value": 1000, "per": "calendarDay" } ] },
              { "id": "rest", "rateLines": [ { "rateLineType": "flatRate", "value": 0, "per": "calendarDay" } ] } ]
            """);
    });

    /// <summary>A holiday calendar of one year with one holiday.</summary>
    public static string Calendar(string id, int year) => $$"""
        { "format": 1, "id": "{{id}}", "source": "made up", "years": [ { "year": {{year}}, "source": "made up",
          "publicHolidays": [ { "name": { "zh": "节", "en": "Feast" }, "dates": [ "{{year}}-05-01" ] } ] } ] }
        """;
}
