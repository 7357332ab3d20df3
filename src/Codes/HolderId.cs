using System.Globalization;

namespace Parking.Codes;

/// <summary>One citizen inside the service: 64 random bits.</summary>
/// <param name="Value">The bits.</param>
public readonly record struct HolderId(ulong Value)
{
    /// <summary>Reads 16 lowercase hexadecimal digits.</summary>
    /// <param name="text">What <see cref="ToString"/> wrote.</param>
    /// <returns>The holder.</returns>
    public static HolderId Parse(string text) => new(ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    /// <summary>16 lowercase hexadecimal digits.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
