using Parking.Simulation.Cities;

namespace Parking.Simulation.Replay;

/// <summary>All that a replay did and saw: what the oracle, the verdict and the report go by. Nothing in it is a secret.</summary>
internal sealed record ReplayRecording
{
    public required RunFacts Run { get; init; }

    public required CityPlan City { get; init; }

    /// <summary>Everybody in the trace.</summary>
    public required IReadOnlyList<ReplayDriver> Drivers { get; init; }

    /// <summary>Every showing of a code, in any order.</summary>
    public required IReadOnlyList<Showing> Showings { get; init; }

    public IReadOnlyList<SentInventory> Inventories { get; init; } = [];

    /// <summary>Vehicles that a person let through without a code of theirs. One that had shown a code is in <see cref="Showings"/> as passed.</summary>
    public IReadOnlyList<HandOpening> HandOpenings { get; init; } = [];

    public IReadOnlyList<SeenIncident> Incidents { get; init; } = [];

    public IReadOnlyList<RejectedEvent> Rejected { get; init; } = [];

    public IReadOnlyList<FaultSpan> Faults { get; init; } = [];

    public IReadOnlyList<OccupancySample> Samples { get; init; } = [];
}
