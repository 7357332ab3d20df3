namespace Parking.Simulation.Traces.Generating;

/// <summary>How often something is otherwise: each from 0 (never) to 1 (always).</summary>
public sealed record VisitShares
{
    /// <summary>Of stays: nobody saw the vehicle come in.</summary>
    public double MissedEntries { get; init; }

    /// <summary>Of stays: nobody saw the vehicle leave, and it stays open in the books.</summary>
    public double MissedExits { get; init; }

    /// <summary>Of missed entries and exits: the barrier was opened by hand. The others followed another vehicle through.</summary>
    public double OpenedByHand { get; init; }

    /// <summary>Of openings: the vehicle went back where it came from.</summary>
    public double BackedOut { get; init; }

    /// <summary>Of visits to a gate: first an expired code is shown.</summary>
    public double Expired { get; init; }

    /// <summary>Of visits to a gate: first a forged code is shown.</summary>
    public double Forged { get; init; }

    /// <summary>Of visits to a gate: first a damaged code is shown.</summary>
    public double Damaged { get; init; }

    /// <summary>Of visits to a gate: first something is shown that is no code.</summary>
    public double Foreign { get; init; }

    /// <summary>Of entries: somebody behind shows a picture of the same code.</summary>
    public double UsedTwice { get; init; }

    /// <summary>Of stays: the vehicle leaves at the very moment it came.</summary>
    public double ZeroStays { get; init; }

    /// <summary>Of stays: the driver goes on to another facility.</summary>
    public double NextStops { get; init; }

    /// <summary>Of drivers who are done: they come again, an hour later or on another day.</summary>
    public double Regulars { get; init; }

    /// <summary>Of drivers: their codes name no vehicle.</summary>
    public double WithoutVehicle { get; init; }

    /// <summary>Of vehicles: electric.</summary>
    public double Electric { get; init; }

    /// <summary>Of lanes, each day: the barrier fails for eight to forty minutes.</summary>
    public double BarrierFaults { get; init; }
}
