namespace Parking.Simulation.Traces.Generating;

/// <summary>A facility while a trace is being generated.</summary>
internal sealed class Place(PlannedFacility plan)
{
    private readonly Dictionary<int, (Driver Driver, long EnteredAt)> _ghosts = [];

    public PlannedFacility Plan => plan;

    public IReadOnlyList<Lane> Entries { get; } = [.. plan.EntryGates.Select(gate => new Lane(gate))];

    public IReadOnlyList<Lane> Exits { get; } = [.. plan.ExitGates.Select(gate => new Lane(gate))];

    /// <summary>The number of vehicles that are really inside.</summary>
    public int Inside { get; set; }

    /// <summary>The number of stays open in the books.</summary>
    public int Taken { get; private set; }

    /// <summary>The largest number of stays that were open at a time.</summary>
    public int MostTaken { get; private set; }

    /// <summary>The accumulated arrivals that have not become a vehicle yet: less than one.</summary>
    public double ArrivalsDue { get; set; }

    public bool IsFull => plan.Kind is { EnforcesCapacity: true, Capacity: { } capacity } && Taken >= capacity;

    /// <summary>Stays that may still be open in the books although their vehicles have left.</summary>
    public IEnumerable<(Driver Driver, long EnteredAt)> Ghosts => _ghosts.OrderBy(ghost => ghost.Key).Select(ghost => ghost.Value);

    public void AddGhost(Driver driver, long enteredAt) => _ghosts[driver.Number] = (driver, enteredAt);

    public void RemoveGhost(Driver driver) => _ghosts.Remove(driver.Number);

    public void RemoveGhosts() => _ghosts.Clear();

    /// <summary>Changes the number of open stays by one.</summary>
    public void Take(int change)
    {
        Taken += change;
        MostTaken = Math.Max(MostTaken, Taken);
    }
}
