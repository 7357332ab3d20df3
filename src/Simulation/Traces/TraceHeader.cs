using NodaTime;

namespace Parking.Simulation.Traces;

/// <summary>A trace's first line: its city, its period and its counts.</summary>
internal sealed record TraceHeader
{
    /// <summary>The version of the format: what its lines may have. A writer writes <see cref="TraceFormat.Version"/>.</summary>
    public int Format { get; init; } = TraceFormat.Version;

    /// <summary>The origin of the trace, for people.</summary>
    public required string Source { get; init; }

    /// <summary>The seed of a generated trace; null for real events.</summary>
    public long? Seed { get; init; }

    /// <summary>The beginning. No event is earlier.</summary>
    public required Instant Starts { get; init; }

    /// <summary>The end of the period; null if it was not known when the header was written, as for recorded live traffic.</summary>
    public Instant? Ends { get; init; }

    /// <summary>The number of lines that follow; null if it was not known.</summary>
    public long? Events { get; init; }

    /// <summary>The number of scans; null if it was not known.</summary>
    public long? Scans { get; init; }

    public required TraceCity City { get; init; }
}
