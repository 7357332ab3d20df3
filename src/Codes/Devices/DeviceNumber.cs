using System.Globalization;

namespace Parking.Codes.Devices;

/// <summary>The device of the holder that signed a code: 1 to 255, or 0 for none (<see cref="None"/>, the default).</summary>
/// <param name="Value">The number.</param>
public readonly record struct DeviceNumber(byte Value)
{
    /// <summary>No device signed the code; the service did.</summary>
    public static DeviceNumber None => default;

    /// <summary>The number in decimal.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
