using NodaTime;

namespace Parking.Simulation.Replay.Verdict;

/// <summary>Something that is not as it must be.</summary>
public sealed record Mismatch
{
    public required MismatchKind Kind { get; init; }

    /// <summary>When, in the trace's time.</summary>
    public Instant? At { get; init; }

    public string? Facility { get; init; }

    public string? Driver { get; init; }

    /// <summary>The slot of the vehicle; 0: none.</summary>
    public int? Vehicle { get; init; }

    /// <summary>What exactly: a member of a stay, or how the occupancy was asked for.</summary>
    public string? Member { get; init; }

    public required string Expected { get; init; }

    public required string Found { get; init; }

    /// <summary>The lines of the trace that it is about.</summary>
    public IReadOnlyList<long> Lines { get; init; } = [];
}
