using Parking.Simulation.Cities;

namespace Parking.Simulation.Demo;

/// <summary>A whole demo, before it runs.</summary>
/// <param name="Drivers">By number.</param>
/// <param name="SmallHouse">The facility that is filled up; null where none is small enough for this many drivers.</param>
/// <param name="LeftOut">What cannot be shown here, and why, for a person to read.</param>
public sealed record DemoPlan(IReadOnlyList<DriverPlan> Drivers, FacilityPlan? SmallHouse, IReadOnlyList<string> LeftOut)
{
    public int Count(DriverRole role) => Drivers.Count(driver => driver.Role == role);
}
