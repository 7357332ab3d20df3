using Parking.Tariffs;

namespace Parking.Events;

/// <summary>What a stay's price depends on and only the moment of entry knows. Recorded with the entry, and never changed.</summary>
/// <param name="TariffVersion">The number of the version in force.</param>
/// <param name="VehicleClass">The vehicle's class; a car where the code named no vehicle.</param>
/// <param name="OccupancyPercent">How full the facility was, in percent of its capacity, rounded down, without this vehicle. Over 100 where capacity is not enforced.</param>
/// <param name="Entitlements">What the holder was entitled to.</param>
public sealed record EntryTerms(int TariffVersion, VehicleClass VehicleClass, int OccupancyPercent, Entitlements Entitlements);
