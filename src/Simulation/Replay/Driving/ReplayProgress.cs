using NodaTime;

namespace Parking.Simulation.Replay.Driving;

/// <summary>How far a replay is.</summary>
/// <param name="Done">Events that have happened.</param>
/// <param name="Events">How many there are; null where the trace does not say.</param>
/// <param name="Now">The trace's time.</param>
public readonly record struct ReplayProgress(long Done, long? Events, Instant Now);
