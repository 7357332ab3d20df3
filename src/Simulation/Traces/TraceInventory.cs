namespace Parking.Simulation.Traces;

/// <summary>Somebody went round the gate's facility and looked.</summary>
internal sealed record TraceInventory : TraceEvent
{
    /// <summary>Whose stays at this facility are still open in the books while their vehicles are gone; empty: nobody's.</summary>
    public IReadOnlyList<string> Closes { get; init; } = [];

    /// <summary>How many vehicles are there; null: they were not counted.</summary>
    public int? Count { get; init; }
}
