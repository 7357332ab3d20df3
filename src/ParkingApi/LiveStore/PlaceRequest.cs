using Parking.Api.Stays;

namespace Parking.Api.LiveStore;

/// <summary>Asks for a place in the name of the scan that is being reserved.</summary>
/// <param name="Capacity">The number of places that may be taken in all; null where the facility does not enforce it.</param>
/// <param name="Replaces">The place of a stay at the same facility that this entry is about to end. It counts as free, but stays taken until it is given back.</param>
internal readonly record struct PlaceRequest(int? Capacity, GateEventId? Replaces);
