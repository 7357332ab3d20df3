using System.Text.Json;
using NodaTime;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Cities;

/// <summary>
/// The facilities and gates of a city, from the file that the service reads too: the service itself does not publish its gates.
/// </summary>
/// <param name="Facilities">In the file's order.</param>
/// <param name="TimeZone">In which people read the time.</param>
public sealed record CityPlan(IReadOnlyList<FacilityPlan> Facilities, DateTimeZone TimeZone)
{
    /// <summary>Reads a city file. Whether it is right in every detail is the service's to say; what is used here must be there.</summary>
    /// <exception cref="SettingsException">It cannot be read, or something needed is missing.</exception>
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

    /// <exception cref="SettingsException">The text is no city file.</exception>
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

/// <summary>A facility as the city file describes it, as far as a simulator needs it.</summary>
public sealed record FacilityPlan
{
    public required string Id { get; init; }

    public required BilingualText Name { get; init; }

    public required int Capacity { get; init; }

    /// <summary>Whether an entry is refused when every place is taken.</summary>
    public bool EnforcesCapacity { get; init; } = true;

    public MissedEntryPolicy MissedEntry { get; init; } = MissedEntryPolicy.Open;

    /// <summary>The file with its prices; null where parking has none.</summary>
    public string? Tariff { get; init; }

    public required IReadOnlyList<GatePlan> Gates { get; init; }

    public IEnumerable<GatePlan> Entries => Gates.Where(gate => gate.Direction == GateDirection.Entry);

    public IEnumerable<GatePlan> Exits => Gates.Where(gate => gate.Direction == GateDirection.Exit);
}

/// <summary>One lane of a facility.</summary>
public sealed record GatePlan(string Id, GateDirection Direction);

/// <summary>What a facility's exit does with a driver of whom nothing is parked there by the books.</summary>
public enum MissedEntryPolicy
{
    /// <summary>Lets the driver out.</summary>
    Open,

    /// <summary>Calls an attendant.</summary>
    Assist,
}
