using Parking.Codes;
using Parking.Tariffs;

namespace Parking.Accounts;

/// <summary>A vehicle of a holder.</summary>
/// <param name="Slot">Its number with this holder, for ever: what codes and stays say instead of the plate.</param>
/// <param name="Plate">Its plate.</param>
/// <param name="Class">What kind it is.</param>
/// <param name="IsListed">Whether the holder still has it. One that was removed keeps its slot, because stays name it.</param>
public sealed record Vehicle(VehicleSlot Slot, Plate Plate, VehicleClass Class, bool IsListed);
