using Parking.GateProgram;
using Parking.GateProtocol;

namespace Parking.Simulation.Load;

/// <summary>What came of an arrival. All times from the load's beginning.</summary>
/// <param name="Due">When the code was to be shown.</param>
/// <param name="Shown">When it was.</param>
/// <param name="Moved">When the gate had decided, written it down, and moved its barrier or not.</param>
/// <param name="Showing">What the gate made of it.</param>
/// <param name="Expected">What it should have.</param>
internal readonly record struct LoadTap(TimeSpan Due, TimeSpan Shown, TimeSpan Moved, GateShowing Showing, ScanReason Expected)
{
    /// <summary>How long the driver waited: from the moment the code was to be shown, whoever is to blame that it was not.</summary>
    public TimeSpan TapToOpen => Moved - Due;

    /// <summary>How much too late it was shown: the simulator was slow, the code was not there, or the lane was not free.</summary>
    public TimeSpan Late => Shown - Due;

    public bool IsAsExpected => Showing.Reason == Expected && Showing.IsOpen;
}
