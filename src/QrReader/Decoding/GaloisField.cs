namespace Parking.QrReader.Decoding;

/// <summary>The field of 256 elements with x⁸ + x⁴ + x³ + x² + 1 = 0 (ISO/IEC 18004, section 7.5.2). Addition is exclusive or.</summary>
internal static class GaloisField
{
    /// <summary>The number of different powers of 2.</summary>
    public const int Order = 255;

    private const int Polynomial = 0x11D;

    private static readonly byte[] Powers = new byte[2 * Order];
    private static readonly byte[] Logarithms = new byte[256];

    /// <summary>256 rows of 256 products. A loop with a constant factor uses one row.</summary>
    private static readonly byte[] Products = new byte[256 * 256];

    static GaloisField()
    {
        var value = 1;
        for (var i = 0; i < Order; i++)
        {
            Powers[i] = Powers[i + Order] = (byte)value;
            Logarithms[value] = (byte)i;
            value <<= 1;
            if (value > byte.MaxValue)
            {
                value ^= Polynomial;
            }
        }
        for (var i = 0; i < Products.Length; i++)
        {
            int a = i >> 8, b = i & 0xFF;
            Products[i] = a == 0 || b == 0 ? (byte)0 : Powers[Logarithms[a] + Logarithms[b]];
        }
    }

    /// <summary>2 to the power of <paramref name="exponent"/>, which is not negative.</summary>
    public static byte Power(int exponent) => Powers[exponent % Order];

    public static byte Multiply(byte a, byte b) => Products[(a << 8) | b];

    /// <summary>The products of <paramref name="factor"/> with 0 to 255.</summary>
    public static ReadOnlySpan<byte> ProductsOf(byte factor) => Products.AsSpan(factor << 8, 256);

    /// <summary>The quotient; <paramref name="divisor"/> is not 0.</summary>
    public static byte Divide(byte a, byte divisor) => a == 0 ? (byte)0 : Powers[Logarithms[a] + Order - Logarithms[divisor]];

    /// <summary>The value of a polynomial, lowest coefficient first, at <paramref name="x"/>.</summary>
    public static byte Evaluate(ReadOnlySpan<byte> polynomial, byte x)
    {
        var products = ProductsOf(x);
        byte value = 0;
        for (var i = polynomial.Length - 1; i >= 0; i--)
        {
            value = (byte)(products[value] ^ polynomial[i]);
        }
        return value;
    }
}
