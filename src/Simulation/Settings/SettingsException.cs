namespace Parking.Simulation.Settings;

/// <summary>A given file or option cannot be used. The message names the file and every wrong field, never a value.</summary>
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
