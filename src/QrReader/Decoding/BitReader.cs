namespace Parking.QrReader.Decoding;

/// <summary>Takes bits from bytes, the highest first.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bits taken so far.</summary>
    public int Position { get; private set; }

    public readonly int Remaining => (_bytes.Length * 8) - Position;

    /// <summary>Takes up to 24 bits as one number; false, with nothing taken, where there are fewer left.</summary>
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

    /// <summary>The bytes not yet begun.</summary>
    public readonly ReadOnlySpan<byte> WholeBytesLeft => _bytes[((Position + 7) / 8)..];
}
