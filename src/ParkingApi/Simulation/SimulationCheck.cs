using Parking.Api.Hosting;
using Parking.Api.Hosting.Files;

namespace Parking.Api.Simulation;

/// <summary>Keeps simulations and everything else apart. It comes first: until it is satisfied, nothing is written anywhere.</summary>
internal static class SimulationCheck
{
    /// <summary>What a service of any other kind leaves in its data folder.</summary>
    private static readonly string[] OthersFiles = ["parking.db", "keyring.json", "development.json", "gate-keys.json"];

    /// <summary>Where keys of another service would come from.</summary>
    private static readonly string[] OthersKeys =
        ["Secrets:CitizenKey", "Secrets:StayKey", "Gates:KeysFile", "Codes:KeyRingFile", "Authentication:Schemes:Bearer"];

    /// <exception cref="InvalidSettingsException">This environment, these settings and this folder do not belong together. The message has every reason.</exception>
    public static void Check(IConfiguration configuration, IHostEnvironment environment, DataFolder folder)
    {
        var refusals = (environment.IsSimulation() ? RefusalsOfSimulation(configuration, folder) : RefusalsOfOthers(configuration, environment, folder)).ToList();
        if (refusals.Count > 0)
        {
            throw new InvalidSettingsException(refusals);
        }
    }

    private static IEnumerable<string> RefusalsOfOthers(IConfiguration configuration, IHostEnvironment environment, DataFolder folder)
    {
        foreach (var setting in SimulationSettings.In(configuration))
        {
            yield return $"{setting} is set, and the environment is {environment.EnvironmentName}. Time is moved in simulations only: remove the setting, or start with --environment {SimulationMode.EnvironmentName}.";
        }

        if (File.Exists(folder.PathOf(SimulationMode.MarkerFile)))
        {
            yield return $"Data:Folder is a simulation's ({folder.PathOf(SimulationMode.MarkerFile)} says so): nothing in it has happened. Name another folder, or remove this one.";
        }
    }

    private static IEnumerable<string> RefusalsOfSimulation(IConfiguration configuration, DataFolder folder)
    {
        if (!File.Exists(folder.PathOf(SimulationMode.MarkerFile)) && Array.FindAll(OthersFiles, file => File.Exists(folder.PathOf(file))) is { Length: > 0 } found)
        {
            yield return $"Data:Folder has data that is no simulation's ({string.Join(", ", found.Select(folder.PathOf))}). Name an empty folder: a simulation keeps to its own.";
        }

        foreach (var setting in OthersKeys.Where(setting => configuration.GetSection(setting).Exists()))
        {
            yield return $"{setting} is set. A simulation makes its own keys, which are good nowhere else: remove the setting.";
        }

        foreach (var refusal in SimulationSettings.Refusals(configuration).Concat(LoopbackAddresses.Refusals(configuration)))
        {
            yield return refusal;
        }
    }
}
