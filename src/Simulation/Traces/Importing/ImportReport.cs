using NodaTime;
using NodaTime.Text;

namespace Parking.Simulation.Traces.Importing;

/// <summary>Unusual rows of a table. All of them are in the trace.</summary>
public sealed record ImportReport
{
    public required int Rows { get; init; }

    public required int WithBothEnds { get; init; }

    public required int EntriesAlone { get; init; }

    public required int ExitsAlone { get; init; }

    /// <summary>The number of stays with the same time for entry and exit.</summary>
    public required int OfNoLength { get; init; }

    /// <summary>The number of stays whose exit is before the entry.</summary>
    public required int Negative { get; init; }

    /// <summary>Stays that begin during an earlier stay of the same driver, as text for people.</summary>
    public required IReadOnlyList<string> Overlaps { get; init; }

    /// <summary>The number of exits at the exact time at which another stay of the same driver begins.</summary>
    public required int TurnsAtOnce { get; init; }

    public required int Drivers { get; init; }

    public required int Facilities { get; init; }

    public required IReadOnlyList<string> BadRows { get; init; }

    public static ImportReport Of(ImportedTable table)
    {
        var rows = table.Rows;
        var whole = rows.Where(row => row is { Entered: not null, Exited: not null }).ToList();
        var arrivals = rows.Where(row => row.Entered is not null).Select(row => (row.Driver, row.Entered)).GroupBy(arrival => arrival)
            .ToDictionary(group => group.Key, group => group.Count());
        return new ImportReport
        {
            Rows = rows.Count + table.BadRows.Count,
            WithBothEnds = whole.Count,
            EntriesAlone = rows.Count(row => row.Exited is null),
            ExitsAlone = rows.Count(row => row.Entered is null),
            OfNoLength = whole.Count(row => row.Entered == row.Exited),
            Negative = whole.Count(row => row.Exited < row.Entered),
            Overlaps = [.. FindOverlaps(table, whole)],

            // The entry of a stay of no length does not count as the next stay's entry.
            TurnsAtOnce = rows.Count(row => row.Exited is not null
                && arrivals.GetValueOrDefault((row.Driver, row.Exited)) > (row.Entered == row.Exited ? 1 : 0)),
            Drivers = table.Drivers.Count,
            Facilities = table.Facilities.Count,
            BadRows = table.BadRows,
        };
    }

    private static IEnumerable<string> FindOverlaps(ImportedTable table, List<ImportedRow> whole)
    {
        foreach (var stays in whole.GroupBy(row => row.Driver))
        {
            ImportedRow? longest = null;
            foreach (var stay in stays.OrderBy(row => row.Entered).ThenBy(row => row.Exited))
            {
                if (longest is { } earlier && stay.Entered < earlier.Exited)
                {
                    yield return $"{Describe(table, stay)} begins during {Describe(table, earlier)}";
                }
                longest = longest is { } known && known.Exited >= stay.Exited ? longest : stay;
            }
        }
    }

    private static string Describe(ImportedTable table, ImportedRow row) =>
        $"{table.Files[row.File]} line {row.Line} ({table.Drivers[row.Driver]}, {Local(table, row.Entered)} to {Local(table, row.Exited)})";

    private static string Local(ImportedTable table, Instant? at) =>
        at is { } known
            ? LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Format(known.InZone(table.Mapping.TimeZone).LocalDateTime)
            : "?";
}
