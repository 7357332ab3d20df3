namespace Parking.Simulation.Traces.Recording;

/// <summary>What is to be recorded.</summary>
public sealed record RecordOptions
{
    /// <summary>Of which service; null: what was recorded before is only made into a trace.</summary>
    public Uri? Api { get; init; }

    /// <summary>The file that says who the operator is; goes with <see cref="Api"/>.</summary>
    public string? SettingsPath { get; init; }

    /// <summary>What an earlier recording left, that did not come to its trace; null: <see cref="Api"/>.</summary>
    public string? FromPath { get; init; }

    /// <summary>The trace.</summary>
    public required string Out { get; init; }

    /// <summary>For how long; null: until Ctrl+C.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Where everything is written as it comes, until the trace is there.</summary>
    public string RawPath => $"{Out}.recording";
}
