using NodaTime;

namespace Parking.ScannerSim.Replay.Driving;

/// <summary>How far a replay is.</summary>
/// <param name="Done">Events that have happened.</param>
/// <param name="Events">How many there are; null where the trace does not say.</param>
/// <param name="Now">The trace's time.</param>
internal readonly record struct ReplayProgress(long Done, long? Events, Instant Now);
