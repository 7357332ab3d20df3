using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using Parking.Tariffs.Calendars;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>Random valid tariffs over everything that a document can say.</summary>
internal static class TariffGen
{
    /// <summary>
    /// Made up, so that holidays, their eves, days off and worked weekends are many: every twenty days one or two holidays, then a day off.
    /// </summary>
    public static readonly HolidayCalendar Holidays = new(
        "XX",
        "made up",
        new(new(2024, 1, 1), new(2027, 12, 31)),
        Twenties.SelectMany(i => i % 3 == 0 ? new[] { Date(i * 20), Date((i * 20) + 1) } : [Date(i * 20)]).ToDictionary(
            date => date,
            date => new LocalizedText(
                string.Create(CultureInfo.InvariantCulture, $"节{date.DayOfYear}"),
                string.Create(CultureInfo.InvariantCulture, $"Holiday {date.DayOfYear}"))),
        daysOff: Twenties.Select(i => Date((i * 20) + 2)),
        workedDays: Twenties.Select(i => Date((i * 20) + 5)).Where(date => date.DayOfWeek >= IsoDayOfWeek.Saturday));

    public static readonly HolidayCalendars Calendars = new([Holidays]);

    private static readonly string[] Zones =
        ["Asia/Shanghai", "Europe/Berlin", "Europe/Copenhagen", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu"];

    /// <summary>The words that need a holiday calendar.</summary>
    private static readonly string[] HolidayWords = ["publicHoliday", "holidayEve", "workday", "restDay"];

    /// <summary>Instants at which a version may end and the next begin.</summary>
    private static readonly string[] Changes =
    [
        "1987-07-01T00:00:00+08:00", "2024-10-01T00:00:00Z", "2025-07-01T00:00:00+02:00", "2026-03-29T01:00:00Z",
        "2026-05-01T00:00:00+08:00", "2027-01-01T00:00:00-03:00",
    ];

    private static IEnumerable<int> Twenties => Enumerable.Range(0, 4 * 18);

    public static JsonObject Name(string text) => new() { ["zh"] = "名" + text, ["en"] = "Name " + text };

    /// <param name="draw">Where the random values come from.</param>
    /// <param name="capped">How many in a hundred rates have caps.</param>
    public static JsonObject Document(Draw draw, int capped)
    {
        var document = new JsonObject
        {
            ["format"] = 1,
            ["id"] = "generated",
            ["name"] = Name("generated"),
            ["currency"] = draw.OneOf("CNY", "EUR", "JPY", "KWD"),
            ["timeZone"] = draw.OneOf(Zones),
        };
        var changes = draw.Chance(85) ? [] : draw.Some(1, Changes).Take(2).ToList();
        var versions = new JsonArray();
        for (var i = 0; i <= changes.Count; i++)
        {
            var start = i > 0 ? changes[i - 1] : draw.Chance(10) ? "1935-01-01T00:00:00Z" : null;
            var end = i < changes.Count ? changes[i] : draw.Chance(10) ? "2031-01-01T00:00:00Z" : null;
            versions.Add(Version(draw, capped, 1 + (i * 10) + draw.Int(0, 9), start, end));
        }

        document["versions"] = versions;
        var text = document.ToJsonString();
        if (HolidayWords.Any(word => text.Contains($"\"{word}\"", StringComparison.Ordinal)))
        {
            document["holidayCalendar"] = Holidays.Id;
        }

        return document;
    }

    private static LocalDate Date(int days) => new LocalDate(2024, 1, 1).PlusDays(days);

    private static JsonObject Version(Draw draw, int capped, int number, string? start, string? end)
    {
        var unit = draw.OneOf(1, 1, 5, 7, 10, 50, 100, 100, 1000, 10_000);
        var version = new JsonObject { ["version"] = number };
        if (start is not null)
        {
            version["validityStart"] = start;
        }

        if (end is not null)
        {
            version["validityEnd"] = end;
        }

        version["rounding"] = new JsonObject { ["unit"] = unit, ["mode"] = draw.OneOf("up", "down", "halfUp", "halfEven") };
        if (draw.Chance(40))
        {
            version["exitGrace"] = LadderGen.Iso(draw.OneOf(1, 600, 900, 1800, 7200));
        }

        if (draw.Chance(30))
        {
            version["occupancyFactors"] = new JsonArray([.. draw.Some(0, 30, 50, 80, 100).Prepend(0).Select(from =>
                new JsonObject { ["occupancyFrom"] = from, ["percent"] = draw.OneOf(0, 33, 50, 100, 125, 150, 1000) })]);
        }

        if (draw.Chance(50))
        {
            version["validations"] =
                new JsonArray([.. Enumerable.Range(0, draw.Int(1, 4)).Select(i => Validation(draw, $"validation-{i}", unit))]);
        }

        var tables = draw.Chance(80) ? 1 : draw.Int(2, 3);
        version["rateTables"] =
            new JsonArray([.. Enumerable.Range(1, tables).Select(i => RateTable(draw, $"table-{i}", unit, capped, i == tables))]);
        return version;
    }

    private static JsonObject Validation(Draw draw, string id, int unit)
    {
        var validation = new JsonObject { ["id"] = id, ["name"] = Name(id), ["stackable"] = draw.Chance(70) };
        switch (draw.Int(0, 2))
        {
            case 0:
                validation["freeTime"] = LadderGen.Iso(LadderGen.Length(draw));
                break;

            case 1:
                validation["percentOff"] = draw.OneOf(1, 10, 33, 50, 99, 100);
                break;

            default:
                validation["amountOff"] = draw.Long(1, 5000);
                break;
        }

        if (draw.Chance(20))
        {
            validation["minValue"] = LadderGen.RoundValue(draw, unit);
        }

        if (draw.Chance(30))
        {
            validation["maxValue"] = draw.Long(1, 3000);
        }

        return validation;
    }

    private static JsonObject RateTable(Draw draw, string id, int unit, int capped, bool last)
    {
        var table = new JsonObject { ["id"] = id };
        if (draw.Chance(20))
        {
            table["name"] = Name(id);
        }

        var forWhom = last ? 0 : draw.Int(1, 3);
        if (forWhom is 1 or 3)
        {
            table["vehicleClasses"] =
                new JsonArray([.. draw.Some(1, "car", "motorcycle", "electric", "coach").Select(name => (JsonNode)name)]);
        }

        if (forWhom is 2 or 3)
        {
            table["entitlements"] = new JsonArray([.. draw.Some(1, StayGen.Entitlements).Select(name => (JsonNode)name)]);
        }

        var rates = draw.Chance(65) ? 1 : draw.Int(2, 3);
        if (rates > 1)
        {
            table["choose"] = draw.OneOf("first", "cheapest");
        }

        table["rates"] = new JsonArray(
            [.. Enumerable.Range(1, rates).Select(i => RateGen.Rate(draw, $"rate-{i}", unit, capped, conditional: i < rates))]);
        return table;
    }
}
