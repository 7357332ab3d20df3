using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Parking.Codes;

/// <summary>
/// Identifies a citizen inside the service: 64 random bits that carry no information about the person. Every value is valid, including
/// zero.
/// </summary>
/// <param name="Value">The id as a number.</param>
public readonly record struct HolderId(ulong Value)
{
    private const int HexDigits = 16;

    /// <summary>Creates an id from the system's cryptographic random source. The caller must check that it is not taken.</summary>
    /// <returns>The id.</returns>
    public static HolderId CreateRandom()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return new HolderId(BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    /// <summary>Parses the output of <see cref="ToString"/>.</summary>
    /// <param name="text">Exactly 16 hexadecimal digits, of either case.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException"><paramref name="text"/> is anything else.</exception>
    public static HolderId Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A holder id is 16 hexadecimal digits.");

    /// <summary>Parses the output of <see cref="ToString"/>.</summary>
    /// <param name="text">Exactly 16 hexadecimal digits, of either case.</param>
    /// <param name="id">The id, or the default if the text is not an id.</param>
    /// <returns>Whether <paramref name="text"/> is an id.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out HolderId id)
    {
        var parsed = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && text.Length == HexDigits;
        id = parsed ? new HolderId(value) : default;
        return parsed;
    }

    /// <summary>16 lowercase hexadecimal digits.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}

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
