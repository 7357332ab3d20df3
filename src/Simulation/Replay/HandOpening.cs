using NodaTime;

namespace Parking.Simulation.Replay;

/// <summary>A person opened a barrier for somebody who had shown no code. The books know of no stay.</summary>
internal sealed record HandOpening(long Line, Instant At, string Gate, string Facility, string Reason);
