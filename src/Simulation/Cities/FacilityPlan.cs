using Parking.GateProgram;

namespace Parking.Simulation.Cities;

/// <summary>A facility as the city file describes it, as far as a simulator needs it.</summary>
public sealed record FacilityPlan
{
    public required string Id { get; init; }

    public required BilingualName Name { get; init; }

    public required int Capacity { get; init; }

    /// <summary>Whether an entry is refused when every place is taken.</summary>
    public bool EnforcesCapacity { get; init; } = true;

    public MissedEntryPolicy MissedEntry { get; init; } = MissedEntryPolicy.Open;

    /// <summary>The file with its prices; null where parking has none.</summary>
    public string? Tariff { get; init; }

    public required IReadOnlyList<GatePlan> Gates { get; init; }

    public IEnumerable<GatePlan> Entries => Gates.Where(gate => gate.Direction == GateDirection.Entry);

    public IEnumerable<GatePlan> Exits => Gates.Where(gate => gate.Direction == GateDirection.Exit);
}
