using Parking.Api.Hosting;
using Parking.Api.Hosting.Files;
using Parking.Api.Hosting.Start;

namespace Parking.Api.Simulation;

/// <summary>Keeps simulations apart from real services. It runs first: before it succeeds, nothing is written.</summary>
internal static class SimulationCheck
{
    /// <summary>The files that a service leaves in its data folder if it is not a simulation.</summary>
    private static readonly string[] OthersFiles = ["parking.db", "keyring.json", "development.json", "gate-keys.json"];

    /// <summary>The settings through which a simulation would get the keys of a real service.</summary>
    private static readonly string[] OthersKeys =
    [
        "Secrets:CitizenKey", "Secrets:StayKey", "Secrets:PagesKey", "Secrets:AuditKey", "Gates:KeysFile", "Codes:KeyRingFile",
        "Authentication:Schemes:Bearer",
    ];

    /// <exception cref="InvalidSettingsException">
    /// The environment, the settings and the folder contradict each other. The message lists all reasons.
    /// </exception>
    public static void Check(IConfiguration configuration, IHostEnvironment environment, DataFolder folder)
    {
        List<string> refusals =
        [
            .. environment.IsSimulation()
                ? RefusalsOfSimulation(configuration, folder)
                : RefusalsOfOthers(configuration, environment, folder),
        ];
        if (refusals.Count > 0)
        {
            throw new InvalidSettingsException(refusals);
        }
    }

    private static IEnumerable<string> RefusalsOfOthers(IConfiguration configuration, IHostEnvironment environment, DataFolder folder)
    {
        foreach (var setting in SimulationSettings.In(configuration))
        {
            yield return $"{setting} is set, and the environment is {environment.EnvironmentName}. Only simulations can move time: "
                + $"remove the setting, or start with --environment {SimulationMode.EnvironmentName}.";
        }

        if (File.Exists(folder.PathOf(SimulationMode.MarkerFile)))
        {
            yield return $"Data:Folder is a simulation's ({folder.PathOf(SimulationMode.MarkerFile)} says so): its data is not real. "
                + "Name another folder, or remove this one.";
        }
    }

    private static IEnumerable<string> RefusalsOfSimulation(IConfiguration configuration, DataFolder folder)
    {
        if (!File.Exists(folder.PathOf(SimulationMode.MarkerFile))
            && Array.FindAll(OthersFiles, file => File.Exists(folder.PathOf(file))) is { Length: > 0 } found)
        {
            yield return $"Data:Folder has data that is no simulation's ({string.Join(", ", found.Select(folder.PathOf))}). "
                + "Name an empty folder: a simulation must have its own.";
        }

        foreach (var setting in OthersKeys.Where(setting => configuration.GetSection(setting).Exists()))
        {
            yield return $"{setting} is set. A simulation makes its own keys, which are valid nowhere else: remove the setting.";
        }

        foreach (var refusal in SimulationSettings.Refusals(configuration).Concat(LoopbackAddresses.Refusals(configuration)))
        {
            yield return refusal;
        }
    }
}
