using NodaTime;
using Parking.Api.Stays;
using Parking.Codes;

namespace Parking.Api.LiveStore;

/// <summary>A scan, or another event that changes something, whose handling has begun. The holder is 0 where it concerns none. If it never ends, the sweep finds it here and finishes or forgets it.</summary>
/// <remarks><see cref="ReservedAt"/> is kept to the tick of 100 ns, and is that of the latest reservation.</remarks>
internal readonly record struct PendingScan(GateEventId Scan, HolderId Holder, Fingerprint Content, Instant ReservedAt);
