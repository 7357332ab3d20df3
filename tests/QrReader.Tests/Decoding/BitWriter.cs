namespace Parking.QrReader.Tests.Decoding;

/// <summary>Writes numbers to bytes, most significant bit first.</summary>
internal sealed class BitWriter
{
    private readonly List<bool> _bits = [];

    /// <summary>The number of bits written so far.</summary>
    public int Length => _bits.Count;

    public BitWriter Write(int value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            _bits.Add(((value >> i) & 1) != 0);
        }
        return this;
    }

    public BitWriter WriteBytes(params ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            Write(value, 8);
        }
        return this;
    }

    /// <summary>The bytes. The last byte is filled with zeros.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[(_bits.Count + 7) / 8];
        for (var i = 0; i < _bits.Count; i++)
        {
            bytes[i / 8] |= (byte)(_bits[i] ? 0x80 >> (i % 8) : 0);
        }
        return bytes;
    }
}
