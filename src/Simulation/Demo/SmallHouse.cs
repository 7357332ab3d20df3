namespace Parking.Simulation.Demo;

/// <summary>
/// The order of events at the facility that is filled up: all places taken, then drivers turned away, then one place free again, which one of those
/// takes.
/// </summary>
internal sealed class SmallHouse(DemoPlan plan)
{
    public Countdown Filled { get; } = new(plan.Count(DriverRole.Filler));

    public Countdown TurnedAway { get; } = new(plan.Count(DriverRole.TurnedAway));

    public Countdown PlaceFreed { get; } = new(1);

    /// <summary>The driver who makes room; null where no facility is filled.</summary>
    public int? LeavesAgain { get; } = FirstOf(plan, DriverRole.Filler);

    /// <summary>The driver who comes back.</summary>
    public int? TriesAgain { get; } = FirstOf(plan, DriverRole.TurnedAway);

    private static int? FirstOf(DemoPlan plan, DriverRole role) => plan.Drivers.FirstOrDefault(driver => driver.Role == role)?.Number;
}
