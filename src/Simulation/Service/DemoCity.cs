using Parking.Simulation.Cities;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Service;

/// <summary>The city that a service runs on if none is configured.</summary>
internal static class DemoCity
{
    /// <summary>Reads it from beside the built service.</summary>
    /// <exception cref="ServiceStartException">The service is not there.</exception>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static CityPlan Load() =>
        CityPlan.Load(Path.Combine(Path.GetDirectoryName(ServiceLocation.FindAssembly()) ?? "", "DemoCity", "city.json"));
}
