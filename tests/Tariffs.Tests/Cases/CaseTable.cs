namespace Parking.Tariffs.Tests.Cases;

/// <summary>
/// A table in a text file: a header, then rows; fields between commas. Lines that are empty or begin with # do not count.
/// </summary>
internal sealed class CaseTable
{
    private readonly string _file;
    private readonly string[] _columns;

    private CaseTable(string file, string[] columns, IReadOnlyList<(int Line, string[] Fields)> rows) =>
        (_file, _columns, Rows) = (file, columns, rows);

    /// <summary>The rows, each with its line in the file.</summary>
    public IReadOnlyList<(int Line, string[] Fields)> Rows { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CaseException">
    /// It has unknown or missing columns, no rows, or a row with more or fewer fields than columns.
    /// </exception>
    public static CaseTable Read(string path, string[] required, string[] optional)
    {
        var file = Path.GetFileName(path);
        string[]? columns = null;
        var rows = new List<(int Line, string[] Fields)>();
        foreach (var (number, text) in File.ReadLines(path).Index())
        {
            if (text.Trim().Length == 0 || text.StartsWith('#'))
            {
                continue;
            }

            var fields = text.Split(',', StringSplitOptions.TrimEntries);
            if (columns is null)
            {
                columns = CheckColumns(file, fields, required, optional);
            }
            else if (fields.Length != columns.Length)
            {
                throw new CaseException(
                    $"{file} line {number + 1} has {fields.Length} fields, but the header has {columns.Length} columns ("
                        + $"{string.Join(',', columns)}). "
                    + "Write a comma between fields, also around empty ones; inside a field write a semicolon instead.");
            }
            else
            {
                rows.Add((number + 1, fields));
            }
        }

        if (rows.Count == 0)
        {
            throw new CaseException(
                $"{file} has no rows. Write a header ({string.Join(',', required)}) and below it one line for each stay.");
        }

        return new(file, columns!, rows);
    }

    /// <summary>A field of a row; empty if the file has no such column.</summary>
    public string Field(string[] row, string column)
    {
        var index = Array.IndexOf(_columns, column);
        return index < 0 ? "" : row[index];
    }

    /// <summary>A mistake in one row.</summary>
    public CaseException Mistake(int line, string message) => new($"{_file} line {line}: {message}");

    private static string[] CheckColumns(string file, string[] columns, string[] required, string[] optional)
    {
        foreach (var column in columns)
        {
            if (!required.Contains(column) && !optional.Contains(column))
            {
                throw new CaseException(
                    $"{file} has the unknown column '{column}'. The columns are {string.Join(", ", required.Concat(optional))}.");
            }
        }

        if (columns.Distinct().Count() != columns.Length)
        {
            throw new CaseException($"{file} has the same column twice in its header: {string.Join(',', columns)}. Keep one of them.");
        }

        return required.FirstOrDefault(column => !columns.Contains(column)) is not { } missing
            ? columns
            : throw new CaseException(
                $"{file} lacks the column '{missing}'. Its header must name {string.Join(", ", required)}; it is: "
                    + $"{string.Join(',', columns)}");
    }
}
