using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parking.GateProtocol;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Importing;

/// <summary>Which column of a table of parking events is what.</summary>
public sealed record ColumnMapping
{
    /// <summary>The number of the format.</summary>
    public const int Version = 1;

    private const string Folder = "mappings", FileEnding = ".json";
    private const int MaxLanes = 20, MaxCapacity = 100_000;

    public required int Mapping { get; init; }

    /// <summary>For people.</summary>
    public string? Note { get; init; }

    /// <summary>Where the data comes from; it becomes the trace's source.</summary>
    public required string Source { get; init; }

    /// <summary>In which the times are.</summary>
    public required DateTimeZone TimeZone { get; init; }

    public char Separator { get; init; } = ',';

    /// <summary>Where a row is a stay: when it began.</summary>
    public TimeColumns? Arrival { get; init; }

    /// <summary>Where a row is a stay: when it ended.</summary>
    public TimeColumns? Departure { get; init; }

    /// <summary>Where a row is one event: when it happened.</summary>
    public TimeColumns? Time { get; init; }

    /// <summary>Where a row is one event: whether it is an entry or an exit.</summary>
    public DirectionColumn? Direction { get; init; }

    /// <summary>Who parked; null: each row is somebody else.</summary>
    public DriverColumns? Driver { get; init; }

    public required FacilityColumn Facility { get; init; }

    /// <summary>How many gates each facility gets in each direction. Tables name none; a driver always takes the same one.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Places of each facility. They are shown and not enforced: what is in the table has happened.</summary>
    public int Capacity { get; init; } = 1000;

    /// <summary>The names of the built-in mappings.</summary>
    public static IEnumerable<string> BuiltIn => EmbeddedFiles.NamesIn(Folder);

    /// <summary>A built-in mapping by its name, or one from a file.</summary>
    /// <exception cref="SettingsException">There is no such mapping, or it is not right.</exception>
    public static ColumnMapping Load(string nameOrPath)
    {
        try
        {
            return Parse(EmbeddedFiles.TryRead($"{Folder}/{nameOrPath}{FileEnding}") ?? File.ReadAllText(nameOrPath));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
                $"{nameOrPath}: no mapping's file, and none of the built-in mappings {string.Join(", ", BuiltIn)}: {error.Message}", error);
        }
        catch (SettingsException error)
        {
            throw new SettingsException($"{nameOrPath}: {error.Message}", error);
        }
    }

    /// <exception cref="SettingsException">The text is no mapping.</exception>
    public static ColumnMapping Parse(string json)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<ColumnMapping>(json, GateProtocolJson.Options)
                ?? throw new SettingsException("null is no mapping");
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
            yield return "arrival and departure, or time and direction: must be the one pair or the other";
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

/// <summary>A local time, as one column or several say it.</summary>
/// <param name="Columns">Their texts are put together with a space between; where one of them is empty, there is no time.</param>
/// <param name="Patterns">NodaTime's patterns for a local date and time; the first that fits is taken.</param>
public sealed record TimeColumns(IReadOnlyList<string> Columns, IReadOnlyList<string> Patterns)
{
    private readonly Lazy<IReadOnlyList<LocalDateTimePattern>> _compiled =
        new(() => [.. Patterns.Select(LocalDateTimePattern.CreateWithInvariantCulture)]);

    /// <summary>What is wrong with them; null if nothing is.</summary>
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

/// <summary>Which way a vehicle went, as a column says it.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Entry">Its texts for an entry.</param>
/// <param name="Exit">Its texts for an exit.</param>
public sealed record DirectionColumn(string Column, IReadOnlyList<string> Entry, IReadOnlyList<string> Exit);

/// <summary>Who parked, as columns say it.</summary>
/// <param name="Columns">Rows with the same texts in all of them are the same driver's.</param>
/// <param name="AsIs">
/// Whether the text itself becomes the pseudonym. Only for what names no person, such as a bay; otherwise drivers are numbered in the order
/// in which they first appear.
/// </param>
public sealed record DriverColumns(IReadOnlyList<string> Columns, bool AsIs = false);

/// <summary>Where it was, as a column says it.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Id">What the facilities' ids begin with.</param>
/// <param name="Name">Their names, in which <c>{}</c> stands for the column's text.</param>
public sealed record FacilityColumn(string Column, string Id, BilingualText Name);
