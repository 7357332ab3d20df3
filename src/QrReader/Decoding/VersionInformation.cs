namespace Parking.QrReader.Decoding;

/// <summary>The 18 bits that carry the version in larger symbols (ISO/IEC 18004, section 7.10 and annex D).</summary>
internal static class VersionInformation
{
    public const int BitCount = 18;

    /// <summary>The smallest version with version information.</summary>
    public const int FirstVersion = 7;

    /// <summary>The generator of the (18, 6) code: x¹² + x¹¹ + x¹⁰ + x⁹ + x⁸ + x⁵ + x² + 1.</summary>
    private const int Generator = 0x1F25;

    public static int Encode(int version)
    {
        var remainder = version;
        for (var i = 0; i < 12; i++)
        {
            remainder = (remainder << 1) ^ ((remainder >> 11) * Generator);
        }
        return (version << 12) | remainder;
    }
}
