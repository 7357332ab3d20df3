namespace Parking.ScannerSim.Replay.Driving;

/// <summary>A replay could not be brought to its end; the message says why.</summary>
internal sealed class ReplayException(string message) : Exception(message);
