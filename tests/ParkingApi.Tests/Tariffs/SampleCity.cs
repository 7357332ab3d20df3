using System.Text.Json.Nodes;

namespace Parking.Api.Tests.Tariffs;

/// <summary>
/// City files with facilities of which only the tariff matters. Facility <c>f1</c> has the gates <c>f1-in</c> and <c>f1-out</c>.
/// </summary>
internal static class SampleCity
{
    public static string Of(string[] calendars, params (string Id, string? Tariff)[] facilities)
    {
        var city = new JsonObject
        {
            ["timeZone"] = "Asia/Shanghai",
            ["districts"] = new JsonArray(new JsonObject { ["id"] = "d1", ["name"] = Name() }),
            ["facilities"] = new JsonArray([.. facilities.Select(facility => FacilityOf(facility.Id, facility.Tariff))]),
        };
        if (calendars.Length > 0)
        {
            city["holidayCalendars"] = new JsonArray([.. calendars.Select(calendar => JsonValue.Create(calendar))]);
        }

        return city.ToJsonString();
    }

    private static JsonObject FacilityOf(string id, string? tariff)
    {
        var facility = new JsonObject
        {
            ["id"] = id,
            ["district"] = "d1",
            ["name"] = Name(),
            ["capacity"] = 1,
            ["gates"] = new JsonArray(
                new JsonObject { ["id"] = $"{id.Trim().Replace(' ', '-')}-in", ["direction"] = "entry" },
                new JsonObject { ["id"] = $"{id.Trim().Replace(' ', '-')}-out", ["direction"] = "exit" }),
        };
        if (tariff is not null)
        {
            facility["tariff"] = tariff;
        }

        return facility;
    }

    private static JsonObject Name() => new() { ["zh"] = "停", ["en"] = "P" };
}
