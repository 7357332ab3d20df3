namespace Parking.Codes;

/// <summary>The content of a code's id, which only the service can decrypt.</summary>
/// <param name="Holder">The holder of the code.</param>
/// <param name="Vehicle">The vehicle that the code names, or <see cref="VehicleSlot.None"/>.</param>
public readonly record struct SealedHolder(HolderId Holder, VehicleSlot Vehicle);
