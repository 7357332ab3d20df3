using System.Globalization;
using NodaTime;

namespace Parking.Simulation.Traces.Importing;

/// <summary>The content of the files: rows, drivers and facilities.</summary>
/// <param name="mapping">Maps the columns.</param>
public sealed class ImportedTable(ColumnMapping mapping)
{
    private readonly Dictionary<string, int> _driverNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _facilityNumbers = new(StringComparer.Ordinal);

    public ColumnMapping Mapping => mapping;

    public List<string> Files { get; } = [];

    public List<ImportedRow> Rows { get; } = [];

    /// <summary>Rows that cannot be read, each with file, line, column and fault.</summary>
    public List<string> BadRows { get; } = [];

    /// <summary>The drivers' pseudonyms.</summary>
    public List<string> Drivers { get; } = [];

    /// <summary>The texts that name the facilities.</summary>
    public List<string> Facilities { get; } = [];

    /// <summary>The number of the driver with these texts; a new driver for null.</summary>
    /// <returns>-1 if the text must be the pseudonym and is not a valid one.</returns>
    public int FindDriver(string? key)
    {
        if (key is not null && _driverNumbers.TryGetValue(key, out var known))
        {
            return known;
        }
        var isAsIs = key is not null && mapping.Driver is { AsIs: true };
        if (isAsIs && !TraceFormat.IsName(key))
        {
            return -1;
        }
        Drivers.Add(isAsIs ? key! : string.Create(CultureInfo.InvariantCulture, $"d{Drivers.Count + 1:000000}"));
        if (key is not null)
        {
            _driverNumbers.Add(key, Drivers.Count - 1);
        }
        return Drivers.Count - 1;
    }

    public int FindFacility(string text)
    {
        if (!_facilityNumbers.TryGetValue(text, out var number))
        {
            number = Facilities.Count;
            _facilityNumbers.Add(text, number);
            Facilities.Add(text);
        }
        return number;
    }
}

/// <summary>One row.</summary>
/// <param name="File">The index of its file, from 0.</param>
/// <param name="Line">The line at which it begins, from 1.</param>
/// <param name="Facility">The index of its facility, from 0.</param>
/// <param name="Driver">The index of its driver, from 0.</param>
/// <param name="Entered">The entry's time; null if the row has none.</param>
/// <param name="Exited">The exit's time; null if the row has none. At least one of the two is present.</param>
public readonly record struct ImportedRow(int File, int Line, int Facility, int Driver, Instant? Entered, Instant? Exited);
