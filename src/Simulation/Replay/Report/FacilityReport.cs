using Parking.Simulation.Cities;

namespace Parking.Simulation.Replay.Report;

/// <summary>A facility's occupancy over time.</summary>
public sealed record FacilityReport
{
    public required string Id { get; init; }

    public required BilingualName Name { get; init; }

    public required int Capacity { get; init; }

    /// <summary>The most that were ever parked at once, by the oracle.</summary>
    public required int Highest { get; init; }

    /// <summary>Open stays in the end, by the oracle.</summary>
    public required int Expected { get; init; }

    /// <summary>And by the service; null where it could not say.</summary>
    public int? Found { get; init; }

    /// <summary>By the oracle: pairs of milliseconds since the start and how many from then on. Thinned, with all highs and lows kept.</summary>
    public required IReadOnlyList<long[]> Oracle { get; init; }

    /// <summary>As the service was asked: the same, −1 where it could not say.</summary>
    public required IReadOnlyList<long[]> Service { get; init; }
}
