using System.Globalization;

namespace Parking.Codes;

/// <summary>The vehicle of the holder that a code names: 1 to 255, or 0 for none (<see cref="None"/>, the default).</summary>
/// <param name="Value">The number.</param>
public readonly record struct VehicleSlot(byte Value)
{
    /// <summary>The code names no vehicle.</summary>
    public static VehicleSlot None => default;

    /// <summary>Whether the code names a vehicle.</summary>
    public bool NamesVehicle => Value != 0;

    /// <summary>The number in decimal.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
