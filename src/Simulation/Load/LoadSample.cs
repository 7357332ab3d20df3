using Parking.GateProtocol;

namespace Parking.Simulation.Load;

/// <summary>What is kept of a tap: numbers alone, since there are many.</summary>
/// <param name="TapToOpen">How long the driver waited.</param>
/// <param name="Late">How much too late the code was shown.</param>
/// <param name="Decide">The service's share; null where it did not say.</param>
/// <param name="IsAlone">Whether the gate decided alone.</param>
/// <param name="IsRefused">Whether it stayed shut.</param>
internal readonly record struct LoadSample(TimeSpan TapToOpen, TimeSpan Late, TimeSpan? Decide, bool IsAlone, bool IsRefused)
{
    public static LoadSample Of(LoadTap tap) =>
        new(tap.TapToOpen, tap.Late, tap.Showing.Decide, tap.Showing.IsLocal, tap.Showing.Decision == GateDecision.Refuse);
}
