using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Replay;

/// <summary>An event that the service did not take as it was.</summary>
/// <param name="At">When it said so.</param>
/// <param name="Gate">Whose.</param>
/// <param name="Facility">Where.</param>
/// <param name="Seq">Its number in the gate's journal.</param>
/// <param name="Outcome">What was said.</param>
/// <param name="Error">And why.</param>
internal sealed record RejectedEvent(Instant At, string Gate, string Facility, long Seq, EventOutcome Outcome, string? Error);
