namespace Parking.ScannerSim.Traces.Recording;

/// <summary>What is to be recorded.</summary>
internal sealed record RecordOptions
{
    /// <summary>Of which service.</summary>
    public required Uri Api { get; init; }

    /// <summary>The file that says who the operator is.</summary>
    public required string SettingsPath { get; init; }

    /// <summary>The trace.</summary>
    public required string Out { get; init; }

    /// <summary>For how long; null: until Ctrl+C.</summary>
    public TimeSpan? For { get; init; }
}
