using System.Text.Json;
using NodaTime;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Cities;

/// <summary>The facilities and gates of a city, read from the service's own city file. The service does not publish its gates.</summary>
/// <param name="Facilities">In the order of the file.</param>
/// <param name="TimeZone">The city's time zone.</param>
public sealed record CityPlan(IReadOnlyList<FacilityPlan> Facilities, DateTimeZone TimeZone)
{
    /// <summary>Reads a city file. Only the members used here are checked; the service checks the rest.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or a needed member is missing.</exception>
    public static CityPlan Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SettingsException)
        {
            throw new SettingsException($"{path}: {error.Message}", error);
        }
    }

    /// <exception cref="SettingsException">The text is not a city file.</exception>
    public static CityPlan Parse(string json)
    {
        try
        {
            var plan = JsonSerializer.Deserialize<CityPlan>(json, ClientJson.Options);
            return plan is { Facilities.Count: > 0, TimeZone: not null } && plan.Facilities.All(facility => facility.Gates.Count > 0)
                ? plan
                : throw new SettingsException("a city file has a time zone and lists facilities, each with its gates");
        }
        catch (JsonException error)
        {
            throw new SettingsException($"not a city file: {error.Message}", error);
        }
    }
}

/// <summary>The part of a facility in the city file that a simulator needs.</summary>
public sealed record FacilityPlan
{
    public required string Id { get; init; }

    public required BilingualText Name { get; init; }

    public required int Capacity { get; init; }

    /// <summary>Whether an entry is refused when no space is free.</summary>
    public bool EnforcesCapacity { get; init; } = true;

    public MissedEntryPolicy MissedEntry { get; init; } = MissedEntryPolicy.Open;

    /// <summary>How long a stay can plausibly be, in hours.</summary>
    public int LongestStayHours { get; init; } = 72;

    /// <summary>The file with its tariff; null if parking is free of charge.</summary>
    public string? Tariff { get; init; }

    public required IReadOnlyList<GatePlan> Gates { get; init; }

    public IEnumerable<GatePlan> Entries => Gates.Where(gate => gate.Direction == GateDirection.Entry);

    public IEnumerable<GatePlan> Exits => Gates.Where(gate => gate.Direction == GateDirection.Exit);
}

/// <summary>One lane of a facility.</summary>
public sealed record GatePlan(string Id, GateDirection Direction);

/// <summary>How an exit decides for a driver without an open stay there.</summary>
public enum MissedEntryPolicy
{
    /// <summary>Open the barrier.</summary>
    Open,

    /// <summary>Keep it shut and call an attendant.</summary>
    Assist,
}
