namespace Parking.ScannerSim;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCodes
{
    public const int Good = 0;

    /// <summary>A result was wrong. The output says which.</summary>
    public const int Bad = 1;

    /// <summary>Wrong usage, a file that cannot be used, or a service that did not start.</summary>
    public const int CannotRun = 2;

    /// <summary>Stopped by Ctrl+C: 128 + SIGINT, the convention of shells.</summary>
    public const int Stopped = 130;
}
