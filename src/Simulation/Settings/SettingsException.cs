namespace Parking.Simulation.Settings;

/// <summary>A file the person gave cannot be used. The message names the file and every field that is wrong, never a value.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException(string message)
        : base(message)
    {
    }

    public SettingsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
