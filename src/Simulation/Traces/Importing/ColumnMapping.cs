using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parking.GateProtocol;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Importing;

/// <summary>Maps the columns of a table of parking events.</summary>
public sealed record ColumnMapping
{
    /// <summary>The format version.</summary>
    public const int Version = 1;

    private const string Folder = "mappings", FileEnding = ".json";
    private const int MaxLanes = 20, MaxCapacity = 100_000;

    public required int Mapping { get; init; }

    /// <summary>A note for people.</summary>
    public string? Note { get; init; }

    /// <summary>The origin of the data; it becomes the trace's source.</summary>
    public required string Source { get; init; }

    /// <summary>The time zone of the times.</summary>
    public required DateTimeZone TimeZone { get; init; }

    public char Separator { get; init; } = ',';

    /// <summary>If a row is a stay: the entry's time.</summary>
    public TimeColumns? Arrival { get; init; }

    /// <summary>If a row is a stay: the exit's time.</summary>
    public TimeColumns? Departure { get; init; }

    /// <summary>If a row is an event: its time.</summary>
    public TimeColumns? Time { get; init; }

    /// <summary>If a row is an event: whether it is an entry or an exit.</summary>
    public DirectionColumn? Direction { get; init; }

    /// <summary>The driver; null if each row is a different driver.</summary>
    public DriverColumns? Driver { get; init; }

    public required FacilityColumn Facility { get; init; }

    /// <summary>
    /// The number of entry gates and of exit gates at each facility. Tables do not name gates; a driver always uses the same one.
    /// </summary>
    public int Lanes { get; init; } = 1;

    /// <summary>
    /// The capacity of each facility. It is displayed and not enforced, because the events in the table have really happened.
    /// </summary>
    public int Capacity { get; init; } = 1000;

    public static IEnumerable<string> BuiltIn => EmbeddedFiles.NamesIn(Folder);

    /// <summary>Loads a built-in mapping by its name, or a mapping from a file.</summary>
    /// <exception cref="SettingsException">There is no such mapping, or it is invalid.</exception>
    public static ColumnMapping Load(string nameOrPath)
    {
        try
        {
            return Parse(EmbeddedFiles.TryRead($"{Folder}/{nameOrPath}{FileEnding}") ?? File.ReadAllText(nameOrPath));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
                $"{nameOrPath}: not a mapping file, and none of the built-in mappings {string.Join(", ", BuiltIn)}: {error.Message}",
                error);
        }
        catch (SettingsException error)
        {
            throw new SettingsException($"{nameOrPath}: {error.Message}", error);
        }
    }

    /// <exception cref="SettingsException">The text is not a valid mapping.</exception>
    public static ColumnMapping Parse(string json)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<ColumnMapping>(json, GateProtocolJson.Options)
                ?? throw new SettingsException("the document is null, not a mapping");
            var faults = mapping.FindFaults().ToList();
            return faults.Count == 0 ? mapping : throw new SettingsException(string.Join("; ", faults));
        }
        catch (JsonException error)
        {
            throw new SettingsException(JsonFaults.Describe(error), error);
        }
    }

    private IEnumerable<string> FindFaults()
    {
        if (Mapping != Version)
        {
            yield return $"mapping: must be {Version}";
        }
        var (isStays, isEvents) = (Arrival is not null && Departure is not null, Time is not null && Direction is not null);
        if (isStays == isEvents || (Arrival ?? Departure) is not null != isStays || (Time is not null || Direction is not null) != isEvents)
        {
            yield return "arrival and departure, or time and direction: exactly one of the two pairs must be given";
        }
        if (!char.IsAscii(Separator) || Separator is '"' or '\r' or '\n')
        {
            yield return "separator: must be one ASCII character, and no quote or line end";
        }
        if (Lanes is < 1 or > MaxLanes)
        {
            yield return $"lanes: must be from 1 to {MaxLanes}";
        }
        if (Capacity is < 1 or > MaxCapacity)
        {
            yield return $"capacity: must be from 1 to {MaxCapacity}";
        }
        foreach (var times in new[] { Arrival, Departure, Time })
        {
            if (times?.FindFault() is { } fault)
            {
                yield return fault;
            }
        }
    }
}

/// <summary>The columns of a local time.</summary>
/// <param name="Columns">Their texts are joined with spaces. If one of them is empty, there is no time.</param>
/// <param name="Patterns">NodaTime patterns for a local date and time. The first that matches is used.</param>
public sealed record TimeColumns(IReadOnlyList<string> Columns, IReadOnlyList<string> Patterns)
{
    private readonly Lazy<IReadOnlyList<LocalDateTimePattern>> _compiled =
        new(() => [.. Patterns.Select(LocalDateTimePattern.CreateWithInvariantCulture)]);

    /// <summary>The first fault; null if there is none.</summary>
    public string? FindFault()
    {
        try
        {
            return Columns.Count > 0 && _compiled.Value.Count > 0 ? null : "columns, patterns: a time must have at least one of each";
        }
        catch (InvalidPatternException error)
        {
            return $"patterns: {error.Message}";
        }
    }

    public bool TryParse(string text, [NotNullWhen(true)] out LocalDateTime? time)
    {
        foreach (var pattern in _compiled.Value)
        {
            if (pattern.Parse(text) is { Success: true } found)
            {
                time = found.Value;
                return true;
            }
        }
        time = null;
        return false;
    }
}

/// <summary>The column with the direction of a vehicle.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Entry">The texts that mean an entry.</param>
/// <param name="Exit">The texts that mean an exit.</param>
public sealed record DirectionColumn(string Column, IReadOnlyList<string> Entry, IReadOnlyList<string> Exit);

/// <summary>The columns that identify the driver.</summary>
/// <param name="Columns">Rows with the same texts in all of these columns belong to the same driver.</param>
/// <param name="AsIs">Whether the text itself becomes the pseudonym. Only for texts that do not identify a person, such as the number of a
/// parking bay. Otherwise drivers are numbered in the order in which they first appear.</param>
public sealed record DriverColumns(IReadOnlyList<string> Columns, bool AsIs = false);

/// <summary>The column that names the facility.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Id">The prefix of the facilities' ids.</param>
/// <param name="Name">The facilities' names, with <c>{}</c> in place of the column's text.</param>
public sealed record FacilityColumn(string Column, string Id, BilingualText Name);
