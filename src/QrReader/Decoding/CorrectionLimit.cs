namespace Parking.QrReader.Decoding;

/// <summary>
/// How much may be corrected before a wrong text becomes thinkable. Every correction makes more words look right: of all words of a block, the
/// part that decodes to <em>something</em> with s erasures and t errors is about C(n − s, t) · 255^t / 256^(p − s). A damaged block is such a
/// word, and a bad frame makes the reader try thousands of them. So one trial must not succeed by chance more often than once in 2⁴⁰.
/// </summary>
/// <remarks>
/// Against the standard's own limits (table 9, which holds up to three parity symbols of the smallest versions back against misdecodes) this gives
/// up one error in 13 of the 160 kinds of symbol, 1-L, 1-M, 1-Q and 2-L among them, where the standard settles for some 31 bits; in all others
/// none. On erasures it is much stricter: with all parity spent on them nothing is left to notice that a wrong place was not among them.
/// </remarks>
internal static class CorrectionLimit
{
    /// <summary>A random word is accepted with a probability of at most 2 to the power of minus this.</summary>
    public const double CertaintyBits = 40;

    /// <summary>Parity symbols never spent on erasures, however certain the rest looks.</summary>
    private const int ParityKept = 8;

    /// <summary>The most symbols of a block that may be given up as erasures.</summary>
    public static int MaxErasures(int parity) => Math.Max(0, parity - ParityKept);

    /// <summary>The most errors that may be corrected beside the erasures; −1 where even none is too many.</summary>
    /// <param name="length">Symbols in the block.</param>
    /// <param name="parity">Parity symbols among them.</param>
    /// <param name="erasures">Symbols given up as erasures.</param>
    public static int MaxErrors(int length, int parity, int erasures)
    {
        var most = -1;
        for (var errors = 0; (2 * errors) + erasures <= parity; errors++)
        {
            if (Certainty(length, parity, erasures, errors) >= CertaintyBits)
            {
                most = errors;
            }
        }
        return most;
    }

    /// <summary>
    /// How much certainty a block had to spare: 1 where nothing was corrected, 0 where one more correction would have been refused.
    /// It is the share of the bits above <see cref="CertaintyBits"/> that erasures and errors left.
    /// </summary>
    public static double Unspent(int length, int parity, int erasures, int errors) =>
        (Certainty(length, parity, erasures, errors) - CertaintyBits) / ((8 * parity) - CertaintyBits);

    /// <summary>How unlikely it is, in bits, that a random word is taken for a block with so many erasures and exactly so many errors.</summary>
    public static double Certainty(int length, int parity, int erasures, int errors)
    {
        double bits = 8 * (parity - erasures);
        for (var i = 0; i < errors; i++)
        {
            bits -= Math.Log2(255.0 * (length - erasures - i) / (i + 1));
        }
        return bits;
    }
}
