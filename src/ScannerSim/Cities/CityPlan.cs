using System.Text.Json;
using Parking.ScannerSim.Clients;
using Parking.ScannerSim.Settings;

namespace Parking.ScannerSim.Cities;

/// <summary>The facilities and gates of a city, from the file that the service reads too: the service itself does not publish its gates.</summary>
internal sealed record CityPlan(IReadOnlyList<FacilityPlan> Facilities)
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
            return plan is { Facilities.Count: > 0 } && plan.Facilities.All(facility => facility.Gates.Count > 0)
                ? plan
                : throw new SettingsException("a city file lists facilities, each with its gates");
        }
        catch (JsonException error)
        {
            throw new SettingsException($"not a city file: {error.Message}", error);
        }
    }
}
