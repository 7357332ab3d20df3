using NodaTime;
using Parking.Api.Facilities;

namespace Parking.Api.LiveStore;

/// <summary>The last sign of life of a gate.</summary>
/// <param name="Gate">Which gate.</param>
/// <param name="At">When, to the millisecond, by the clock of the instance that heard it.</param>
/// <param name="Beat">Its last heartbeat; null if it has sent none yet, only events.</param>
internal readonly record struct HeardGate(GateId Gate, Instant At, GateBeat? Beat);
