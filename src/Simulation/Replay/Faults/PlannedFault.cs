using NodaTime;

namespace Parking.Simulation.Replay.Faults;

/// <summary>A fault with its time.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="At">When it begins.</param>
/// <param name="Until">When it is over: the cable mended, the store started again. The same as <paramref name="At"/> where it is over at once.</param>
/// <param name="Gate">Which gate; null for the store and the service.</param>
/// <param name="Skew">Of a clock that is set wrong, how far ahead it is from then on.</param>
internal sealed record PlannedFault(FaultKind Kind, Instant At, Instant Until, string? Gate = null, Duration Skew = default);
