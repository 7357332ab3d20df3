using System.Buffers.Binary;
using System.Globalization;

namespace Parking.Codes;

/// <summary>
/// A code's identity: its 16-byte <c>cti</c> claim (RFC 8392, section 3.1.7). It enforces single use, and it contains the sealed holder. It
/// is not the code and opens nothing, so it may be stored. But the service can derive a person from it, so avoid logging it.
/// </summary>
public readonly record struct CodeId
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 16;

    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>Creates an id from the 16 bytes in the code.</summary>
    /// <param name="bytes">Exactly 16 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> has another length.</exception>
    public CodeId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A code id has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]);
    }

    /// <summary>Parses the output of <see cref="ToString"/>.</summary>
    /// <param name="text">Exactly 32 hexadecimal digits, of either case.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException"><paramref name="text"/> is anything else.</exception>
    public static CodeId Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A code id is 32 hexadecimal digits.");

    /// <summary>Parses the output of <see cref="ToString"/>.</summary>
    /// <param name="text">Exactly 32 hexadecimal digits, of either case.</param>
    /// <param name="id">The id, or the default if the text is not an id.</param>
    /// <returns>Whether <paramref name="text"/> is an id.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out CodeId id)
    {
        id = default;
        if (text.Length != 2 * Size
            || !UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        id = new CodeId(bytes);
        return true;
    }

    /// <summary>Writes the 16 bytes in the code.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="destination"/> is shorter.</exception>
    public void CopyTo(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Size, nameof(destination));
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[sizeof(ulong)..], _low);
    }

    /// <summary>The 16 bytes in the code.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToByteArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>32 lowercase hexadecimal digits.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => new UInt128(_high, _low).ToString("x32", CultureInfo.InvariantCulture);
}
