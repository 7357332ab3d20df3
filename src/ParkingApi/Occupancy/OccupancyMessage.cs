using NodaTime;

namespace Parking.Api.Occupancy;

/// <summary>A facility's occupancy as the hub says it. Nothing in it leads to a person.</summary>
/// <param name="Facility">The facility's id.</param>
/// <param name="Sequence">One more with each message about this facility. A gap means that one was missed: subscribe again. The same number twice (overlapping scopes) is the same message.</param>
/// <param name="Occupied">Open stays, or null while that is not known.</param>
/// <param name="Capacity">Number of places.</param>
/// <param name="AsOf">When this was read from the store.</param>
public sealed record OccupancyMessage(string Facility, long Sequence, int? Occupied, int Capacity, Instant AsOf);
