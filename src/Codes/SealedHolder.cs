namespace Parking.Codes;

/// <summary>What a code's id hides from everybody but the service.</summary>
/// <param name="Holder">Whose code it is.</param>
/// <param name="Vehicle">The vehicle it names, or <see cref="VehicleSlot.None"/>.</param>
public readonly record struct SealedHolder(HolderId Holder, VehicleSlot Vehicle);
