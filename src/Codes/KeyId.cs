using System.Buffers.Binary;
using System.Globalization;

namespace Parking.Codes;

/// <summary>
/// Identifies a key: the first four bytes of its COSE Key SHA-256 thumbprint (RFC 9679), as a big-endian number. It selects a key and
/// proves nothing. A key ring refuses two keys with the same id.
/// </summary>
/// <param name="Value">The four bytes as a number.</param>
public readonly record struct KeyId(uint Value)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 4;

    private const int HexDigits = 2 * Size;

    /// <summary>Creates an id from the first four bytes of a thumbprint, or from the four bytes in a code.</summary>
    /// <param name="bytes">At least four bytes; the rest is ignored.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is shorter than four bytes.</exception>
    public static KeyId FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32BigEndian(bytes));

    /// <summary>Parses the output of <see cref="ToString"/>.</summary>
    /// <param name="text">Exactly 8 hexadecimal digits, of either case.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException"><paramref name="text"/> is anything else.</exception>
    public static KeyId Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A key id is 8 hexadecimal digits.");

    /// <summary>Parses the output of <see cref="ToString"/>.</summary>
    /// <param name="text">Exactly 8 hexadecimal digits, of either case.</param>
    /// <param name="id">The id, or the default if the text is not an id.</param>
    /// <returns>Whether <paramref name="text"/> is an id.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out KeyId id)
    {
        var parsed = uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && text.Length == HexDigits;
        id = parsed ? new KeyId(value) : default;
        return parsed;
    }

    /// <summary>The four bytes in a code.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToByteArray()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Value);
        return bytes;
    }

    /// <summary>8 lowercase hexadecimal digits.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value.ToString("x8", CultureInfo.InvariantCulture);
}
