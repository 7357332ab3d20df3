using System.Buffers.Binary;

namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>UTF-16; surrogates in pairs only.</summary>
internal sealed class Utf16Set(bool isBigEndian) : CharacterSet
{
    public override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.Length % 2 != 0)
        {
            return -1;
        }
        var awaited = false;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            var unit = (char)(isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[i..]));
            if (char.IsLowSurrogate(unit) != awaited)
            {
                return -1;
            }
            awaited = char.IsHighSurrogate(unit);
            chars[i / 2] = unit;
        }
        return awaited ? -1 : bytes.Length / 2;
    }
}
