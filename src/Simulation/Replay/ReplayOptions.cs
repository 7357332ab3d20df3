using Parking.Simulation.Replay.Faults;
using Parking.Simulation.Service;

namespace Parking.Simulation.Replay;

/// <summary>What a replay is asked to do.</summary>
public sealed record ReplayOptions
{
    /// <summary>The trace's file.</summary>
    public required string TracePath { get; init; }

    /// <summary>As it was written: <c>max</c>, <c>1x</c>, <c>60x</c>.</summary>
    public required string Speed { get; init; }

    /// <summary>How many of the trace's seconds go by in one; null: as many as can.</summary>
    public required double? Factor { get; init; }

    /// <summary>As it was written.</summary>
    public required string Faults { get; init; }

    public required FaultProfile Profile { get; init; }

    /// <summary>Settles which faults happen when.</summary>
    public long FaultSeed { get; init; }

    public StoreKind Store { get; init; }

    /// <summary>A simulation that is running; null: one of the replay's own.</summary>
    public Uri? Api { get; init; }

    /// <summary>That simulation's secrets.</summary>
    public string? SettingsPath { get; init; }

    /// <summary>Whether every code is drawn, photographed and read.</summary>
    public bool UsesOptics { get; init; }

    /// <summary>Where the report goes; null: nowhere.</summary>
    public string? ReportPath { get; init; }
}
