namespace Parking.Api.Hosting;

/// <summary>The environment in which callers move the time. Its events are not real.</summary>
internal static class SimulationMode
{
    public const string EnvironmentName = "Simulation";

    /// <summary>Only a simulation's data folder has this file. It holds the simulation's secrets.</summary>
    public const string MarkerFile = "simulation.json";

    /// <summary>The default data folder of a simulation, inside the default of other environments.</summary>
    public const string DefaultFolder = "App_Data/Simulation";

    public static bool IsSimulation(this IHostEnvironment environment) => environment.IsEnvironment(EnvironmentName);
}
