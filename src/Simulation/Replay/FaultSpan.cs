using NodaTime;

namespace Parking.Simulation.Replay;

/// <summary>A fault that was injected.</summary>
public sealed record FaultSpan
{
    public required Instant At { get; init; }

    /// <summary>When it was over; the same as <see cref="At"/> for what has no length.</summary>
    public required Instant Until { get; init; }

    /// <summary>In snake_case, such as <c>store_killed</c>: one lane of the report each.</summary>
    public required string Kind { get; init; }

    /// <summary>The gate that it struck; null: everything.</summary>
    public string? Gate { get; init; }

    /// <summary>Where that gate is.</summary>
    public string? Facility { get; init; }

    /// <summary>More, for people.</summary>
    public string? Detail { get; init; }
}
