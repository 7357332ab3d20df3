using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Holders;
using Parking.Codes;
using Parking.Tariffs;

namespace Parking.Api.Stays;

/// <summary>What a stay's price depends on and only the moment of entry knows. Recorded with the entry, and never changed.</summary>
/// <param name="TariffVersion">The number of the version in force.</param>
/// <param name="VehicleClass">The vehicle's class; a car where the code named no vehicle.</param>
/// <param name="OccupancyPercent">How full the facility was, in percent of its capacity, rounded down, without this vehicle. Over 100 where capacity is not enforced.</param>
/// <param name="Entitlements">What the holder was entitled to.</param>
internal sealed record EntryTerms(int TariffVersion, VehicleClass VehicleClass, int OccupancyPercent, Entitlements Entitlements)
{
    /// <summary>The terms of an entry; null where parking has no price.</summary>
    /// <param name="facility">Where.</param>
    /// <param name="enteredAt">When.</param>
    /// <param name="garage">Of the holder.</param>
    /// <param name="vehicle">Which of the holder's vehicles.</param>
    /// <param name="others">How many other vehicles have a place there.</param>
    public static EntryTerms? At(Facility facility, Instant enteredAt, Garage garage, VehicleSlot vehicle, int others) =>
        facility.Tariff?.InForceAt(enteredAt) is { } version
            ? new(version.Number, garage.ClassOf(vehicle), (int)(others * 100L / facility.Capacity), garage.Entitlements)
            : null;
}
