using Parking.Tariffs.Calendars;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Cases;

/// <summary>
/// A folder with a tariff and what it must make of some stays (or: why it must be refused). README.md beside this file says what is in it.
/// </summary>
internal sealed class CaseFolder
{
    private static readonly string[] StayColumns = ["entry", "exit", "vehicleClass", "entitlements"];
    private static readonly string[] OptionalStayColumns = ["occupancy", "validations", "payments"];
    private static readonly string[] ExpectedColumns = ["total"];
    private static readonly string[] OptionalExpectedColumns = ["due", "rate", "exceedsMaximumStay", "nextChange", "lines", "why"];
    private static readonly string[] RefusalColumns = ["path"];
    private static readonly string[] OptionalRefusalColumns = ["why"];

    private readonly string _path;

    private CaseFolder(string path, IReadOnlyList<CaseRow> rows, IReadOnlyList<string>? refusals) =>
        (_path, Rows, Refusals) = (path, rows, refusals);

    /// <summary>The folder's name, which says what the case shows.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>The stays with what is expected of each; none if the tariff is to be refused.</summary>
    public IReadOnlyList<CaseRow> Rows { get; }

    /// <summary>The places that the refusal of the tariff must name, sorted; null if the tariff is to be read.</summary>
    public IReadOnlyList<string>? Refusals { get; }

    /// <summary>The calendars that the tariff may name: those of the library, and the folder's own.</summary>
    public HolidayCalendars Calendars =>
        Optional("calendar.json") is { } own
            ? new([.. HolidayCalendarReader.BuiltIn.All, HolidayCalendarReader.Read(own)])
            : HolidayCalendarReader.BuiltIn;

    /// <summary>All case folders, by name.</summary>
    public static IEnumerable<string> All() => Directory.GetDirectories(RepositoryFolders.Cases).Order(StringComparer.Ordinal);

    /// <summary>Reads a folder.</summary>
    /// <exception cref="CaseException">A file is missing, or is not as the runner needs it.</exception>
    public static CaseFolder Read(string path)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(Path.Combine(path, "tariff.json")))
        {
            throw new CaseException($"{name} has no tariff.json. Put the tariff's document into it.");
        }

        var (stays, expected, refused) =
            (Path.Combine(path, "stays.csv"), Path.Combine(path, "expected.csv"), Path.Combine(path, "refused.csv"));
        try
        {
            if (File.Exists(refused))
            {
                return File.Exists(stays) || File.Exists(expected)
                    ? throw new CaseException(
                        "there are stays beside refused.csv. A tariff that is refused prices none: remove stays.csv and expected.csv, or "
                            + "refused.csv.")
                    : new(path, [], ReadRefusals(refused));
            }

            foreach (var file in new[] { stays, expected }.Where(file => !File.Exists(file)))
            {
                throw new CaseException(
                    $"there is no {Path.GetFileName(file)}. Add it: a header and one line for each stay (see README.md beside the "
                        + "folders).");
            }

            return new(path, Pair(stays, expected), null);
        }
        catch (CaseException exception)
        {
            throw new CaseException($"{name}: {exception.Message}");
        }
    }

    /// <summary>The tariff's document, unread.</summary>
    public byte[] TariffDocument() => File.ReadAllBytes(Path.Combine(_path, "tariff.json"));

    private static CaseRow[] Pair(string staysFile, string expectedFile)
    {
        var stays = CaseTable.Read(staysFile, StayColumns, OptionalStayColumns);
        var expected = CaseTable.Read(expectedFile, ExpectedColumns, OptionalExpectedColumns);
        return stays.Rows.Count == expected.Rows.Count
            ? [.. stays.Rows.Zip(expected.Rows, (stay, row) => new CaseRow(stays, stay.Line, stay.Fields, expected, row.Line, row.Fields))]
            : throw new CaseException(
                $"stays.csv has {stays.Rows.Count} rows and expected.csv has {expected.Rows.Count}. Write one expectation for each stay, "
                    + "in the same order.");
    }

    private static string[] ReadRefusals(string file)
    {
        var table = CaseTable.Read(file, RefusalColumns, OptionalRefusalColumns);
        return [.. table.Rows.Select(row => table.Field(row.Fields, "path")).Order(StringComparer.Ordinal)];
    }

    private byte[]? Optional(string file)
    {
        var path = Path.Combine(_path, file);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }
}
