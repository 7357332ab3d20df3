using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Gates;

/// <summary>
/// Where one gate's key comes from: a settings file, or the environment. Never the command line, which anybody on the machine can read.
/// </summary>
internal static class GateKeySource
{
    public const string Variable = "PARKING_GATE_KEY";

    /// <summary>Finds the key.</summary>
    /// <param name="gate">The gate's name.</param>
    /// <param name="settingsPath">The settings file; null: the environment.</param>
    /// <param name="environmentKey">What the environment says.</param>
    /// <exception cref="SettingsException">There is none, or it is not a key.</exception>
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
