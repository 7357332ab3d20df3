using System.Buffers;

namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>
/// Western European languages in Windows-1252, which has all that can be printed of ISO/IEC 8859-1. Their letters beyond ASCII are few, stand in words of
/// ASCII letters, and seldom beside each other.
/// </summary>
internal sealed class Windows1252Model : WritingModel
{
    /// <summary>ä é ö ü and the like, in Windows-1252; then their capitals; then ¡ £ § « ° ´ · º » ¿ € and quotation marks and dashes.</summary>
    private static readonly SearchValues<byte> CommonLetters = SearchValues.Create(
        [0xDF, 0xE0, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xED, 0xEE, 0xEF, 0xF1, 0xF3, 0xF4, 0xF5, 0xF6, 0xF8, 0xFA, 0xFC]);

    private static readonly SearchValues<byte> Capitals = SearchValues.Create([0xC0, 0xC1, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCD, 0xD1, 0xD3, 0xD6, 0xD8, 0xDA, 0xDC]);

    private static readonly SearchValues<byte> Signs = SearchValues.Create(
        [0x80, 0x82, 0x84, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0xA1, 0xA3, 0xA7, 0xA9, 0xAB, 0xAE, 0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xB7, 0xBA, 0xBB, 0xBF]);

    public override int Cost(ReadOnlySpan<byte> bytes)
    {
        const int Unusual = 4;
        var cost = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = bytes[i];
            if (value < 0x80)
            {
                cost += CostOfAscii(value);
                continue;
            }
            if (value is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D)
            {
                return Impossible;
            }
            cost += CommonLetters.Contains(value) ? 7 : Capitals.Contains(value) || Signs.Contains(value) ? 9 : 12;
            var before = i == 0 ? (byte)' ' : bytes[i - 1];
            var after = i + 1 == bytes.Length ? (byte)' ' : bytes[i + 1];
            if (before >= 0x80)
            {
                cost += Unusual;
            }
            if (value >= 0xC0 && !char.IsAsciiLetter((char)before) && !char.IsAsciiLetter((char)after))
            {
                cost += Unusual;
            }
            if (value >= 0xE0 && char.IsAsciiLetterUpper((char)before))
            {
                cost += 1;
            }
        }
        return cost;
    }
}
