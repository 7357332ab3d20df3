using System.Text.Json;
using NodaTime;
using Parking.GateProgram;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Cities;

/// <summary>The facilities and gates of a city, from the file that the service reads too: the service itself does not publish its gates.</summary>
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
