namespace Parking.Api.Hosting;

/// <summary>The environment in which time is moved by whoever calls, and nothing that happens is true.</summary>
internal static class SimulationMode
{
    public const string EnvironmentName = "Simulation";

    /// <summary>A data folder with this file is a simulation's, and nobody else's. It has the simulation's secrets.</summary>
    public const string MarkerFile = "simulation.json";

    /// <summary>The data folder where none is named, below the others' one.</summary>
    public const string DefaultFolder = "App_Data/Simulation";

    public static bool IsSimulation(this IHostEnvironment environment) => environment.IsEnvironment(EnvironmentName);
}
