using NodaTime;

namespace Parking.Simulation.Replay;

/// <summary>The service was asked how full a facility is.</summary>
/// <param name="At">When, in the trace's time: everything up to and with this instant had happened, and nothing after it.</param>
/// <param name="Facility">Where.</param>
/// <param name="Occupied">Open stays, as the service says; null where it could not.</param>
/// <param name="IsQuiet">Whether nothing was in flight and nothing unsent: only then must it agree with the oracle.</param>
internal sealed record OccupancySample(Instant At, string Facility, int? Occupied, bool IsQuiet);
