using NodaTime;

namespace Parking.Simulation.Replay;

/// <summary>An inventory as it was sent. A bare count closes nothing.</summary>
internal sealed record SentInventory
{
    public required long Line { get; init; }

    public required Instant At { get; init; }

    public required string Gate { get; init; }

    public required string Facility { get; init; }

    /// <summary>The stays that it names.</summary>
    public IReadOnlyList<NamedStay> Closes { get; init; } = [];

    /// <summary>The vehicles that were counted; null if they were not.</summary>
    public int? Count { get; init; }
}
