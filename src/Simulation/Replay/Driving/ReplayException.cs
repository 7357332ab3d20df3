namespace Parking.Simulation.Replay.Driving;

/// <summary>A replay could not be brought to its end; the message says why.</summary>
public sealed class ReplayException(string message) : Exception(message);
