namespace Parking.Simulation.Replay.Faults;

/// <summary>The gate's program ends here: whatever it was about to do, it does not do any more.</summary>
internal sealed class GateKilledException() : Exception("The gate was killed.");
