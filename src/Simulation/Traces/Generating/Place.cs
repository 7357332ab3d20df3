namespace Parking.Simulation.Traces.Generating;

/// <summary>A facility while a trace is being generated.</summary>
internal sealed class Place(PlannedFacility plan)
{
    private readonly Dictionary<int, (Driver Driver, long EnteredAt)> _ghosts = [];

    public PlannedFacility Plan => plan;

    public IReadOnlyList<Lane> Entries { get; } = [.. plan.EntryGates.Select(gate => new Lane(gate))];

    public IReadOnlyList<Lane> Exits { get; } = [.. plan.ExitGates.Select(gate => new Lane(gate))];

    /// <summary>How many vehicles are really there.</summary>
    public int Inside { get; set; }

    /// <summary>How many stays are open in the books.</summary>
    public int Taken { get; private set; }

    /// <summary>The most that ever were.</summary>
    public int MostTaken { get; private set; }

    /// <summary>Arrivals that are due and have not come: less than one.</summary>
    public double ArrivalsDue { get; set; }

    public bool IsFull => plan.Kind is { EnforcesCapacity: true, Capacity: { } capacity } && Taken >= capacity;

    /// <summary>Stays that are open in the books while the vehicle is gone, as far as this facility knows.</summary>
    public IEnumerable<(Driver Driver, long EnteredAt)> Ghosts => _ghosts.OrderBy(ghost => ghost.Key).Select(ghost => ghost.Value);

    public void AddGhost(Driver driver, long enteredAt) => _ghosts[driver.Number] = (driver, enteredAt);

    public void RemoveGhost(Driver driver) => _ghosts.Remove(driver.Number);

    public void RemoveGhosts() => _ghosts.Clear();

    /// <summary>One stay more or less.</summary>
    public void Take(int change)
    {
        Taken += change;
        MostTaken = Math.Max(MostTaken, Taken);
    }
}
