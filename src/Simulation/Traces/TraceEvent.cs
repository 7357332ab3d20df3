using NodaTime;

namespace Parking.Simulation.Traces;

/// <summary>Something that happened at a gate. One line of a trace.</summary>
public abstract record TraceEvent
{
    /// <summary>When it happened, in true time, to the millisecond.</summary>
    public required Instant At { get; init; }

    /// <summary>Where: a gate of the header's city.</summary>
    public required string Gate { get; init; }
}
