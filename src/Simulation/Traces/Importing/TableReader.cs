using CsvHelper;
using NodaTime;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Importing;

/// <summary>Reads tables of parking events. A row that cannot be read is reported and left out.</summary>
internal sealed class TableReader(ImportedTable table)
{
    private const char BetweenColumns = '\u001F';

    private readonly ColumnMapping _mapping = table.Mapping;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _fields = [];
    private int _line;

    /// <summary>How many columns the first line has. A heading that stands there twice is two columns, of which the first counts.</summary>
    private int _columnCount;

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Called with the share that was read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SettingsException">The file is not a table, or a column is missing.</exception>
    public void Read(string path, Action<double> progress, CancellationToken cancellationToken)
    {
        table.Files.Add(path);
        using var stream = File.OpenRead(path);
        using var csv = CsvReader.Create(stream, OptionsFor(path));
        ReadHeadings(path, csv.Headers);
        while (csv.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress(stream.Length == 0 ? 1 : (double)stream.Position / stream.Length);
            (_fields, _line) = (csv.Current.ToArray(), (int)csv.LineNumber);
            ReadRow(path);
        }
    }

    /// <summary>Comma-separated values (RFC 4180). A quote inside an unquoted field is an ordinary character.</summary>
    private CsvReaderOptions OptionsFor(string path) => new()
    {
        Separator = _mapping.Separator,
        TrackLineNumbers = true,
        OnMalformedRecord = malformed =>
        {
            var fault = malformed.Reason switch
            {
                CsvMalformedReason.UnterminatedQuote => "a quoted field has no closing quote",
                CsvMalformedReason.TextAfterClosingQuote => "text follows the closing quote of a field",
                _ => null,
            };
            if (fault is not null)
            {
                throw new SettingsException($"{path}: line {malformed.LineNumber}: {fault}");
            }
        },
    };

    private void ReadHeadings(string path, IReadOnlyList<string> headings)
    {
        _columns.Clear();
        for (var index = 0; index < headings.Count; index++)
        {
            _columns.TryAdd(headings[index].Trim(), index);
        }

        _columnCount = headings.Count;
        IEnumerable<string> needed =
        [
            .. _mapping.Arrival?.Columns ?? [], .. _mapping.Departure?.Columns ?? [], .. _mapping.Time?.Columns
                ?? [], .. _mapping.Driver?.Columns ?? [],
            _mapping.Facility.Column, .. _mapping.Direction is { } direction ? [direction.Column] : Array.Empty<string>(),
        ];
        if (needed.FirstOrDefault(column => !_columns.ContainsKey(column)) is { } missing)
        {
            throw new SettingsException($"{path}: line 1: there is no column '{missing}'; there are {string.Join(", ", _columns.Keys)}");
        }
    }

    private void ReadRow(string path)
    {
        if (_fields.Count != _columnCount)
        {
            table.BadRows.Add($"{path}: line {_line}: {_fields.Count} columns, but the first line has {_columnCount}");
            return;
        }
        try
        {
            var (entered, exited) = _mapping.Time is null ? ReadStay() : ReadEvent();
            var facility = Text(_mapping.Facility.Column) switch
            {
                { Length: 0 } => throw new BadColumnException(_mapping.Facility.Column, "empty"),
                var name when name.Any(c => char.IsControl(c) && !char.IsWhiteSpace(c)) =>
                    throw new BadColumnException(_mapping.Facility.Column, "has control characters"),
                var name => table.FindFacility(name),
            };
            table.Rows.Add(new ImportedRow(table.Files.Count - 1, _line, facility, ReadDriver(), entered, exited));
        }
        catch (BadColumnException error)
        {
            table.BadRows.Add($"{path}: line {_line}: {error.Message}");
        }
    }

    private (Instant? Entered, Instant? Exited) ReadStay()
    {
        var (arrival, departure) = (ReadTime(_mapping.Arrival!), ReadTime(_mapping.Departure!));
        if (arrival is null && departure is null)
        {
            throw new BadColumnException($"{_mapping.Arrival!.Columns[^1]}, {_mapping.Departure!.Columns[^1]}", "both are empty");
        }
        Instant? entered = arrival is { } cameAt ? LocalTimes.Resolve(cameAt, _mapping.TimeZone) : null;
        return (entered, departure is { } leftAt ? LocalTimes.Resolve(leftAt, _mapping.TimeZone, entered) : null);
    }

    private (Instant? Entered, Instant? Exited) ReadEvent()
    {
        var direction = _mapping.Direction!;
        var local = ReadTime(_mapping.Time!) ?? throw new BadColumnException(_mapping.Time!.Columns[^1], "empty");
        var at = LocalTimes.Resolve(local, _mapping.TimeZone);
        var way = Text(direction.Column);
        return direction.Entry.Contains(way) ? (at, null)
            : direction.Exit.Contains(way) ? (null, at)
            : throw new BadColumnException(
                direction.Column,
                $"'{way}' is neither one of {string.Join(", ", direction.Entry)} nor one of {string.Join(", ", direction.Exit)}");
    }

    private LocalDateTime? ReadTime(TimeColumns columns)
    {
        if (columns.Columns.Any(column => Text(column).Length == 0))
        {
            return null;
        }
        var text = string.Join(' ', columns.Columns.Select(Text));
        return columns.TryParse(text, out var time)
            ? time
            : throw new BadColumnException(
                string.Join(" and ", columns.Columns), $"'{text}' is no time of the form {string.Join(" or ", columns.Patterns)}");
    }

    private int ReadDriver()
    {
        var columns = _mapping.Driver?.Columns;
        var number = table.FindDriver(columns is null ? null : string.Join(BetweenColumns, columns.Select(Text)));
        return number >= 0
            ? number
            : throw new BadColumnException(string.Join(" and ", columns ?? []), $"not a pseudonym, which has {TraceFormat.ExpectedName}");
    }

    private string Text(string column) => _fields[_columns[column]].Trim();

    private sealed class BadColumnException(string column, string problem) : Exception($"{column}: {problem}");
}
