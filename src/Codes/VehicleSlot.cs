namespace Parking.Codes;

/// <summary>Which of a holder's vehicles a code names: 1 to 255, or 0 for none.</summary>
/// <param name="Value">The number.</param>
public readonly record struct VehicleSlot(byte Value)
{
    /// <summary>No vehicle named.</summary>
    public static VehicleSlot None => default;
}
