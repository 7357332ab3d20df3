namespace Parking.QrReader.Decoding;

/// <summary>Reads bits from bytes, most significant bit first.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The number of bits read so far.</summary>
    public int Position { get; private set; }

    public readonly int Remaining => (_bytes.Length * 8) - Position;

    /// <summary>Reads up to 24 bits as one number. If fewer are left, it reads nothing and returns false.</summary>
    public bool TryRead(int count, out int value)
    {
        value = 0;
        if (count > Remaining)
        {
            return false;
        }
        var end = Position + count;
        for (var i = Position / 8; i * 8 < end; i++)
        {
            value = (value << 8) | _bytes[i];
        }
        value = (value >> (-end & 7)) & ((1 << count) - 1);
        Position = end;
        return true;
    }

    /// <summary>The bytes of which no bit has been read.</summary>
    public readonly ReadOnlySpan<byte> WholeBytesLeft => _bytes[((Position + 7) / 8)..];
}
