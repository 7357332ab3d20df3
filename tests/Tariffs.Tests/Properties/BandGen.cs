using System.Globalization;
using System.Text.Json.Nodes;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>Bands that share out every second: kinds of days, hours and seasons make cells, and each cell is given to a band.</summary>
internal static class BandGen
{
    private static readonly string[][][] KindsOfDays =
    [
        [[]],
        [["mon", "tue", "wed", "thu", "fri"], ["sat", "sun"]],
        [["mon", "tue", "wed", "thu"], ["fri"], ["sat"], ["sun"]],
        [["mon"], ["tue"], ["wed"], ["thu"], ["fri"], ["sat"], ["sun"]],
        [["workday"], ["restDay"]],
        [["publicHoliday"], ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]],
        [["publicHoliday"], ["workday"], ["restDay"]],
        [["publicHoliday"], ["holidayEve"], ["workday"], ["restDay"]],
        [["publicHoliday", "sun"], ["holidayEve", "fri", "sat"], ["mon", "tue", "wed", "thu"]],
        [["holidayEve"], ["workday", "restDay"]],
    ];

    private static readonly (string From, string To)?[][] Seasons =
    [
        [null],
        [("03-01", "10-31"), ("11-01", "02-29")],
        [("04-30", "05-05"), ("05-06", "04-29")],
    ];

    /// <summary>Hours where things happen: midnight, the hours that clocks skip and repeat, and others.</summary>
    private static readonly int[] Hours = [0, 60, 90, 120, 150, 180, 360, 480, 510, 720, 1080, 1200, 1320, 1380, 1439];

    /// <summary>The bands' times; null for the band that has none.</summary>
    public static List<JsonArray?> Layout(Draw draw)
    {
        if (draw.Chance(25))
        {
            return [null];
        }

        if (draw.Chance(15))
        {
            return [.. FewDates(draw)];
        }

        var cells = Cells(draw);
        var bands = Enumerable.Range(0, draw.Int(1, Math.Min(4, cells.Count))).Select(_ => new JsonArray()).ToList<JsonArray?>();
        for (var i = 0; i < cells.Count; i++)
        {
            bands[i < bands.Count ? i : draw.Int(0, bands.Count - 1)]!.Add(cells[i]);
        }

        // Any one of them may be the rest instead, unless it has nothing but days whose name nobody says any more then (rule 5).
        var rest = draw.Int(0, bands.Count - 1);
        if (cells.Any(cell => cell.Count == 0) || (draw.Chance(30) && bands[rest]!.Any(HasOrdinaryDays)))
        {
            bands[rest] = null;
        }

        return bands;
    }

    /// <summary>An active time of a condition.</summary>
    public static JsonObject ActiveTime(Draw draw)
    {
        while (true)
        {
            var cells = Cells(draw);
            if (draw.OneOf<JsonObject>([.. cells]) is { Count: > 0 } cell)
            {
                return cell;
            }
        }
    }

    private static List<JsonObject> Cells(Draw draw)
    {
        var cells = new List<JsonObject>();
        var hours = HoursOfADay(draw);
        var kinds = draw.Chance(40) ? KindsOfDays[0] : draw.OneOf(KindsOfDays);

        // A band has at most 64 active times.
        foreach (var season in kinds.Length > 4 || draw.Chance(75) ? Seasons[0] : draw.OneOf(Seasons))
        {
            foreach (var kind in kinds)
            {
                foreach (var span in hours)
                {
                    cells.Add(Cell(kind, season, span));
                }
            }
        }

        return cells;
    }

    /// <summary>A few dates of one year, and the rest: only so can a range of one year be used.</summary>
    private static JsonArray?[] FewDates(Draw draw)
    {
        var hours = draw.OneOf<(int, int)?>(null, (1200, 360), (90, 1320));
        return [new JsonArray(
            Cell([], draw.OneOf(("2026-03-28", "2026-03-29"), ("2025-12-31", "2026-01-02"), ("2026-10-25", "2026-10-25")), hours)), null];
    }

    /// <summary>
    /// Spans that share out a day: none (the whole day), or two to four, of which the last may go on until the first of the next day.
    /// </summary>
    private static List<(int Start, int End)?> HoursOfADay(Draw draw)
    {
        if (draw.Chance(25))
        {
            return [null];
        }

        List<int> cuts =
            [.. Enumerable.Range(0, 4).Select(_ => draw.Chance(80) ? draw.OneOf(Hours) : draw.Int(0, 1439)).Distinct().Order()];
        cuts = draw.Some(2, cuts.Count > 1 ? cuts : [480, 1200]);
        List<(int, int)?> spans = [.. cuts.Zip(cuts.Skip(1)).Select(pair => ((int, int)?)pair)];
        if (cuts[0] == 0 || draw.Chance(70))
        {
            spans.Add((cuts[^1], cuts[0] == 0 ? 1440 : cuts[0]));
        }
        else
        {
            spans.Add((cuts[^1], 1440));
            spans.Add((0, cuts[0]));
        }

        return spans;
    }

    private static JsonObject Cell(string[] days, (string From, string To)? season, (int Start, int End)? hours)
    {
        var cell = new JsonObject();
        if (days.Length > 0)
        {
            cell["days"] = new JsonArray([.. days.Select(day => (JsonNode)day)]);
        }

        if (season is { } dates)
        {
            cell["dates"] = new JsonArray(new JsonObject { ["from"] = dates.From, ["to"] = dates.To });
        }

        if (hours is { } span)
        {
            (cell["startTime"], cell["endTime"]) = (Time(span.Start), Time(span.End));
        }

        return cell;
    }

    private static bool HasOrdinaryDays(JsonNode? cell) =>
        cell!["days"] is not { } days || days.AsArray().Any(day => day!.GetValue<string>() is not ("publicHoliday" or "holidayEve"));

    private static string Time(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");
}
