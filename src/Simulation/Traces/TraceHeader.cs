using NodaTime;

namespace Parking.Simulation.Traces;

/// <summary>A trace's first line: where it happened, and how much of it there is.</summary>
internal sealed record TraceHeader
{
    /// <summary>Where the trace comes from, for people.</summary>
    public required string Source { get; init; }

    /// <summary>What it was generated from; null for what really happened.</summary>
    public long? Seed { get; init; }

    /// <summary>Nothing happened before.</summary>
    public required Instant Starts { get; init; }

    /// <summary>The trace tells up to here; null while that was not known, as when live traffic is recorded.</summary>
    public Instant? Ends { get; init; }

    /// <summary>How many lines follow; null as above.</summary>
    public long? Events { get; init; }

    /// <summary>How many of them are scans; null as above.</summary>
    public long? Scans { get; init; }

    public required TraceCity City { get; init; }
}
