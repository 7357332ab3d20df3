namespace Parking.Optics.Images;

/// <summary>
/// A font of 5×7 pixels. Skia draws no text on a machine without fonts, and the pictures that the program writes must look the same on
/// every machine. It has capital letters, digits and a few signs. Small letters are drawn as capitals; an unknown character is drawn as a
/// box.
/// </summary>
internal static class PixelFont
{
    public const int Width = 5, Height = 7;

    /// <summary>The distance from one letter's left edge to the next letter's left edge.</summary>
    public const int Advance = Width + 1;

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:-+*/%#()_=@'!";

    /// <summary>
    /// The seven rows of each letter above, top row first, two hexadecimal digits per row. The highest of a row's five bits is its left
    /// pixel.
    /// </summary>
    private const string Rows =
        "0E11111F111111" + "1E11111E11111E" + "0E11101010110E" + "1C12111111121C" + "1F10101E10101F" + "1F10101E101010" + "0E11101711110F" +
        "1111111F111111" + "0E04040404040E" + "0702020202120C" + "11121418141211" + "1010101010101F" + "111B1515111111" + "11111915131111" +
        "0E11111111110E" + "1E11111E101010" + "0E11111115120D" + "1E11111E141211" + "0F10100E01011E" + "1F040404040404" + "1111111111110E" +
        "11111111110A04" + "11111115151B11" + "11110A040A1111" + "1111110A040404" + "1F01020408101F" + "0E11131519110E" + "040C040404040E" +
        "0E11010204081F" + "1F02040201110E" + "02060A121F0202" + "1F101E0101110E" + "0608101E11110E" + "1F010204080808" + "0E11110E11110E" +
        "0E11110F01020C" + "00000000000000" + "0000000000040C" + "00000000040408" + "00040400040400" + "0000001F000000" + "0004041F040400" +
        "0015150E151500" + "01010204081010" + "18190204081303" + "0A0A1F0A1F0A0A" + "02040808080402" + "08040202020408" + "0000000000001F" +
        "00001F001F0000" + "0E11171517100E" + "04040800000000" + "04040404040004";

    private const string UnknownRows = "1F11111111111F";

    /// <summary>Whether a pixel of a letter is set.</summary>
    /// <param name="letter">Any character.</param>
    /// <param name="x">From 0, at the left, to <see cref="Width"/> − 1.</param>
    /// <param name="y">From 0, at the top, to <see cref="Height"/> − 1.</param>
    public static bool IsSet(char letter, int x, int y)
    {
        var index = Letters.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
        var rows = index < 0 ? UnknownRows.AsSpan() : Rows.AsSpan(index * 2 * Height, 2 * Height);
        var row = int.Parse(
            rows.Slice(2 * y, 2), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);
        return (row >> (Width - 1 - x) & 1) == 1;
    }
}
