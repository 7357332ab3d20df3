namespace Parking.Simulation.Phones;

/// <summary>A citizen's stays.</summary>
/// <param name="Open">Where something of theirs is parked now.</param>
/// <param name="Recent">What has ended.</param>
internal sealed record StayList(IReadOnlyList<PhoneStay> Open, IReadOnlyList<PhoneStay> Recent);
