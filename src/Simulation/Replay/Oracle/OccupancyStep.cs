using NodaTime;

namespace Parking.Simulation.Replay.Oracle;

/// <summary>From this instant on, so many.</summary>
internal readonly record struct OccupancyStep(Instant At, int Occupied);
