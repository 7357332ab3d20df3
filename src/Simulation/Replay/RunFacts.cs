using NodaTime;

namespace Parking.Simulation.Replay;

/// <summary>What was replayed, on what, and how long it took.</summary>
public sealed record RunFacts
{
    /// <summary>The trace, by a name for people: no path of this machine.</summary>
    public required string Trace { get; init; }

    /// <summary>What the trace was generated from; null for what really happened.</summary>
    public long? Seed { get; init; }

    /// <summary>From when the trace tells, in its own time.</summary>
    public required Instant Starts { get; init; }

    /// <summary>Until when, in its own time: when the books were read.</summary>
    public required Instant Ends { get; init; }

    /// <summary>How long the replay took, on a real clock.</summary>
    public required Duration Took { get; init; }

    /// <summary>The speed asked for, such as <c>60x</c> or <c>max</c>.</summary>
    public required string Speed { get; init; }

    /// <summary>The faults asked for, such as <c>none</c> or <c>all</c>.</summary>
    public required string FaultProfile { get; init; }

    /// <summary>What the faults were drawn from; null where there were none.</summary>
    public long? FaultSeed { get; init; }

    /// <summary>What the service kept its books in.</summary>
    public required string Store { get; init; }

    public required string SimulatorVersion { get; init; }

    /// <summary>Null where the service did not say.</summary>
    public string? ServiceVersion { get; init; }
}
