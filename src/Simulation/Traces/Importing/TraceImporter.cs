using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Importing;

/// <summary>
/// Creates a trace from tables of real parking events. All rows are kept in memory, about a hundred bytes each, because tables may have any
/// order.
/// </summary>
public static class TraceImporter
{
    /// <summary>Reads the files and writes the trace.</summary>
    /// <param name="files">The tables.</param>
    /// <param name="mapping">Maps the columns.</param>
    /// <param name="outPath">The trace.</param>
    /// <param name="progress">Called with the finished share.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SettingsException">A file is not such a table, or no row can be read.</exception>
    public static ImportReport Import(
        IReadOnlyList<string> files, ColumnMapping mapping, string outPath, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (files.FirstOrDefault(file => Path.GetFullPath(file) == Path.GetFullPath(outPath)) is { } same)
        {
            throw new SettingsException($"{same}: is read, and --out would overwrite it");
        }

        var table = new ImportedTable(mapping);
        var reader = new TableReader(table);
        for (var index = 0; index < files.Count; index++)
        {
            reader.Read(files[index], done => progress.Report((index + done) / (files.Count + 1)), cancellationToken);
        }
        var report = ImportReport.Of(table);
        if (table.Rows.Count == 0)
        {
            throw new SettingsException(string.Join(Environment.NewLine, ["no row can be read", .. table.BadRows.Take(20)]));
        }
        TraceFile.Write(outPath, stream => Write(table, stream, cancellationToken));
        return report;
    }

    private static void Write(ImportedTable table, Stream stream, CancellationToken cancellationToken)
    {
        var city = new ImportedCity(table);
        var times = table.Rows.SelectMany(row => new[] { row.Entered, row.Exited }).OfType<NodaTime.Instant>().ToList();
        using var writer = new TraceWriter(stream, new TraceHeader
        {
            Source = table.Mapping.Source,
            Starts = times.Min(),
            Ends = times.Max(),
            Events = times.Count,
            Scans = times.Count,
            City = city.City,
        });
        foreach (var (at, row, isExit) in ImportedEvents.InOrder(table))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var driver = table.Drivers[row.Driver];
            writer.Write(new TraceScan { At = at, Gate = city.GateFor(row.Facility, driver, isExit), Driver = driver });
        }
    }
}
