using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Gates;

/// <summary>
/// Gets a gate's key from a settings file or from the environment. The command line is not a source, because every user of the machine can
/// read it.
/// </summary>
internal static class GateKeySource
{
    public const string Variable = "PARKING_GATE_KEY";

    /// <param name="gate">The gate's name.</param>
    /// <param name="settingsPath">The settings file; null to use the environment.</param>
    /// <param name="environmentKey">The value of the environment variable.</param>
    /// <exception cref="SettingsException">There is no key, or it is not valid.</exception>
    public static string Find(string gate, string? settingsPath, string? environmentKey)
    {
        if (settingsPath is not null)
        {
            return SettingsFile.Load(settingsPath).GateKeys.TryGetValue(gate, out var key)
                ? key
                : throw new SettingsException($"{settingsPath}: gates.{gate}: there is no key for this gate. Check --gate.");
        }
        return environmentKey switch
        {
            null or "" =>
                throw new SettingsException($"The key of gate {gate} is needed: give --settings FILE, or put the key into {Variable}."),
            _ when !SettingsFile.IsGateKey(environmentKey) =>
                throw new SettingsException($"{Variable}: must be the gate's key, base64url of 32 bytes without padding."),
            _ => environmentKey,
        };
    }
}
