using System.Globalization;
using NodaTime;

namespace Parking.Simulation.Traces.Importing;

/// <summary>Everything that the files say: rows, and the drivers and facilities in them.</summary>
/// <param name="mapping">Which column is what.</param>
public sealed class ImportedTable(ColumnMapping mapping)
{
    private readonly Dictionary<string, int> _driverNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _facilityNumbers = new(StringComparer.Ordinal);

    public ColumnMapping Mapping => mapping;

    public List<string> Files { get; } = [];

    public List<ImportedRow> Rows { get; } = [];

    /// <summary>Rows that cannot be read, each with file, line, column and what is wrong.</summary>
    public List<string> BadRows { get; } = [];

    /// <summary>The pseudonyms.</summary>
    public List<string> Drivers { get; } = [];

    /// <summary>The texts that name them.</summary>
    public List<string> Facilities { get; } = [];

    /// <summary>The number of whoever these texts name; of somebody new, if they are null.</summary>
    /// <returns>-1 if the text is to be the pseudonym and cannot be one.</returns>
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

/// <summary>What a row says.</summary>
/// <param name="File">Which of the files, from 0.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Facility">Which of the facilities, from 0.</param>
/// <param name="Driver">Which of the drivers, from 0.</param>
/// <param name="Entered">Null where the row has no arrival.</param>
/// <param name="Exited">Null where the row has no departure. One of the two is there.</param>
public readonly record struct ImportedRow(int File, int Line, int Facility, int Driver, Instant? Entered, Instant? Exited);
