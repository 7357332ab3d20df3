namespace Parking.QrReader.Decoding;

/// <summary>Takes bits from bytes, the highest first.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly int Remaining => (_bytes.Length * 8) - _position;

    /// <summary>Takes up to 31 bits as one number; false, with nothing taken, where there are fewer left.</summary>
    public bool TryRead(int count, out int value)
    {
        value = 0;
        if (count > Remaining)
        {
            return false;
        }
        for (var i = 0; i < count; i++, _position++)
        {
            value = (value << 1) | ((_bytes[_position / 8] >> (7 - (_position % 8))) & 1);
        }
        return true;
    }
}
