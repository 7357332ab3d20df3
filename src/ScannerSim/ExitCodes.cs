namespace Parking.ScannerSim;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    public const int Good = 0;

    /// <summary>Something was not as it must be; it has been named.</summary>
    public const int Bad = 1;

    /// <summary>Wrong usage, a file that cannot be used, or a service that did not start.</summary>
    public const int CannotRun = 2;

    /// <summary>Stopped by Ctrl+C: 128 + SIGINT, as shells say it.</summary>
    public const int Stopped = 130;
}
