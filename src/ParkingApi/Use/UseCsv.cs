using System.Globalization;
using System.Text;
using NodaTime.Text;
using Parking.Contracts;

namespace Parking.Api.Use;

/// <summary>
/// How facilities were used, as tables (RFC 4180, UTF-8): a line for each day, or for each facility. What is not known is empty.
/// </summary>
internal static class UseCsv
{
    public const string MediaType = "text/csv";

    /// <summary>What the query's <c>format</c> is for a table.</summary>
    public const string Format = "csv";

    private static readonly string[] Figures =
    [
        "entries", "exits", "turnover", "dwell_p50_minutes", "dwell_p90_minutes", "occupancy_percent", "provisional", "conflicting",
        "uncollectable",
    ];

    /// <summary>
    /// The days of a facility. The zone stands in the header of the day; of an hour that clocks show twice, the column has the mean.
    /// </summary>
    public static string Write(FacilityUseAnswer use)
    {
        var zone = NodaTime.DateTimeZoneProviders.Tzdb[use.TimeZone];
        var hours = Enumerable.Range(0, 24).ToList();
        var table = new StringBuilder();
        table.Append(Line([
            $"day ({use.TimeZone})", "whole", "capacity", .. Figures,
            .. hours.Select(hour => string.Create(CultureInfo.InvariantCulture, $"occupancy_percent_{hour:00}")),
        ]));
        foreach (var day in use.Days)
        {
            var shown = day.Hours.ToLookup(hour => hour.Start.InZone(zone).Hour);
            table.Append(Line([
                LocalDatePattern.Iso.Format(day.Day), day.IsWhole ? "yes" : "no", Text(day.Capacity), .. FieldsOf(day.Sum),
                .. hours.Select(hour => shown[hour].Any()
                    ? Text(Math.Round(shown[hour].Sum(one => one.Percent * one.Minutes) / shown[hour].Sum(one => one.Minutes), 1))
                    : ""),
            ]));
        }

        return table.ToString();
    }

    /// <summary>The header of a table of facilities.</summary>
    public static string Header { get; } = Line(["facility", "time_zone", "days", .. Figures]);

    /// <summary>A facility with the sum of its days, as a line of that table.</summary>
    public static string Line(string facility, string timeZone, UseFigures sum) =>
        Line([facility, timeZone, Text(sum.Days), .. FieldsOf(sum)]);

    private static IEnumerable<string> FieldsOf(UseFigures sum) => sum.Days == 0
        ? Figures.Select(_ => "")
        :
        [
            Text(sum.Entries), Text(sum.Exits), Text(sum.Turnover), Text(sum.DwellP50?.Minutes), Text(sum.DwellP90?.Minutes),
            Text(sum.OccupancyPercent), Text(sum.Provisional), Text(sum.Conflicting), Text(sum.Uncollectable),
        ];

    private static string Text<T>(T value) => string.Create(CultureInfo.InvariantCulture, $"{value}");

    private static string Line(IEnumerable<string> fields) => $"{string.Join(',', fields.Select(Quoted))}\r\n";

    private static string Quoted(string field) => field.AsSpan().ContainsAny("\",\r\n")
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;
}
