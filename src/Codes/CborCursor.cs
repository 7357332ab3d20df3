using System.Buffers.Binary;

namespace Parking.Codes;

/// <summary>
/// Reads deterministic CBOR (RFC 8949, section 4.2) without allocating or throwing. The framework's reader throws on malformed input and
/// needs heap memory; invalid codes shown to a gate must cost neither. It reads only the types that a code contains, in their shortest
/// form.
/// </summary>
internal ref struct CborCursor(ReadOnlySpan<byte> bytes)
{
    private const int UnsignedInteger = 0;
    private const int NegativeInteger = 1;
    private const int ByteString = 2;
    private const int Array = 4;
    private const int Map = 5;

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public bool TryReadArray(int count) => TryReadHead(Array, out var found) && found == (ulong)count;

    public bool TryReadMap(int count) => TryReadHead(Map, out var found) && found == (ulong)count;

    public bool TryReadLabel(int label) => TryReadInteger(out var found) && found == label;

    public bool TryReadUnsigned(out ulong value) => TryReadHead(UnsignedInteger, out value);

    /// <summary>Reads an integer of at most 63 bits.</summary>
    public bool TryReadInteger(out long value)
    {
        var negative = !_rest.IsEmpty && _rest[0] >> 5 == NegativeInteger;
        var read = TryReadHead(negative ? NegativeInteger : UnsignedInteger, out var argument) && argument <= long.MaxValue;
        value = !read ? 0 : negative ? -1 - (long)argument : (long)argument;
        return read;
    }

    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        if (!TryReadHead(ByteString, out var length) || length > (ulong)_rest.Length)
        {
            value = default;
            return false;
        }

        value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    /// <summary>Reads a time in seconds since 1970, within the range that codes have.</summary>
    public bool TryReadTime(out uint seconds)
    {
        var read = TryReadUnsigned(out var value) && value is >= CodeFormat.FirstSecond and <= CodeFormat.LastSecond;
        seconds = read ? (uint)value : 0;
        return read;
    }

    public bool TryReadBytes(int length, out ReadOnlySpan<byte> value) => TryReadBytes(out value) && value.Length == length;

    // The initial byte has the major type in three bits and in five bits the argument, or 24 to 27 for an argument of 1, 2, 4 or 8 bytes
    // that follow. 28 to 30 are reserved, and 31 (indefinite length) is not deterministic.
    private bool TryReadHead(int majorType, out ulong argument)
    {
        argument = 0;
        if (_rest.IsEmpty || _rest[0] >> 5 != majorType)
        {
            return false;
        }

        var info = _rest[0] & 0x1F;
        var rest = _rest[1..];
        if (info < 24)
        {
            argument = (ulong)info;
            _rest = rest;
            return true;
        }

        if (info > 27 || rest.Length < 1 << (info - 24))
        {
            return false;
        }

        (argument, var shortestFrom) = info switch
        {
            24 => (rest[0], 24UL),
            25 => (BinaryPrimitives.ReadUInt16BigEndian(rest), 1UL << 8),
            26 => (BinaryPrimitives.ReadUInt32BigEndian(rest), 1UL << 16),
            _ => (BinaryPrimitives.ReadUInt64BigEndian(rest), 1UL << 32),
        };
        _rest = rest[(1 << (info - 24))..];
        return argument >= shortestFrom;
    }
}
