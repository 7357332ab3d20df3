using NodaTime;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Occupancy;

/// <summary>A facility's occupancy as the hub says it. Nothing in it leads to a person.</summary>
/// <param name="Facility">The facility's id.</param>
/// <param name="Sequence">One more with each message about this facility. A gap means that one was missed: subscribe again. The same number twice (overlapping scopes) is the same message.</param>
/// <param name="Occupied">Open stays, or null while that is not known.</param>
/// <param name="Capacity">Number of places.</param>
/// <param name="AsOf">When this was read from the store.</param>
/// <param name="State">Whether it takes vehicles in, as far as is known.</param>
/// <param name="Confidence">How far to trust the number; what follows says why.</param>
/// <param name="SilentGates">Gates that are not heard.</param>
/// <param name="Unsent">Events that gates said they still have.</param>
/// <param name="Unexplained">Passages since the last count that no stay accounts for.</param>
/// <param name="Correction">What the last count adds to the open stays; null if nobody ever counted.</param>
/// <param name="Shown">Open stays and correction, never below 0; null while that is not known.</param>
public sealed record OccupancyMessage(
    string Facility,
    long Sequence,
    int? Occupied,
    int Capacity,
    Instant AsOf,
    FacilityState State,
    OccupancyConfidence Confidence,
    int SilentGates,
    long Unsent,
    int Unexplained,
    int? Correction,
    int? Shown);
