namespace Parking.QrReader.Tests.Decoding;

/// <summary>The standard's field by shift and subtract, without tables, and an encoder.</summary>
internal static class FieldArithmetic
{
    public static byte Multiply(byte a, byte b)
    {
        var product = 0;
        for (int factor = a, bits = b; bits != 0; bits >>= 1)
        {
            product ^= (bits & 1) * factor;
            factor = factor < 0x80 ? factor << 1 : (factor << 1) ^ 0x11D;
        }
        return (byte)product;
    }

    /// <summary>Appends the remainder of the division by (x − 2⁰)(x − 2¹)…, which makes a codeword.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> data, int parity)
    {
        // Highest power first, without the leading 1.
        var generator = new byte[parity];
        generator[^1] = 1;
        byte root = 1;
        for (var i = 0; i < parity; i++)
        {
            for (var j = 0; j < parity; j++)
            {
                generator[j] = (byte)(Multiply(generator[j], root) ^ (j + 1 < parity ? generator[j + 1] : 0));
            }
            root = Multiply(root, 2);
        }

        var codeword = new byte[data.Length + parity];
        data.CopyTo(codeword);
        for (var i = 0; i < data.Length; i++)
        {
            var factor = codeword[i];
            for (var j = 0; j < parity; j++)
            {
                codeword[i + 1 + j] ^= Multiply(generator[j], factor);
            }
        }
        data.CopyTo(codeword);
        return codeword;
    }
}
