namespace Parking.QrReader.Decoding;

/// <summary>
/// Limits the corrections in one block. Every correction makes more words decodable: of all words of a block of n symbols with p parity
/// symbols, the share that decodes with s erasures and t errors is about C(n − s, t) · 255^t / 256^(p − s). A damaged block is such a word,
/// and the reader tries thousands of blocks in a bad frame. So one trial may succeed by chance at most once in 2⁴⁰.
/// </summary>
/// <remarks>
/// The standard's own limits (table 9) reserve up to three parity symbols of the smallest versions against misdecodes. In 13 of the 160
/// combinations of version and level (1-L, 1-M, 1-Q and 2-L among them), the standard accepts a certainty of about 31 bits; this class
/// corrects one error less there. In all other combinations it corrects as many errors as the standard. For erasures it is much stricter:
/// if erasures use all parity, nothing is left to detect an error elsewhere.
/// </remarks>
internal static class CorrectionLimit
{
    /// <summary>A random word is accepted with a probability of at most 2^−CertaintyBits.</summary>
    public const double CertaintyBits = 40;

    /// <summary>The number of parity symbols that erasures may never use.</summary>
    private const int ParityKept = 8;

    /// <summary>The largest number of erasures in a block.</summary>
    public static int MaxErasures(int parity) => Math.Max(0, parity - ParityKept);

    /// <summary>
    /// The largest number of errors that may be corrected in addition to the erasures; −1 if the erasures alone are too many.
    /// </summary>
    /// <param name="length">The number of symbols in the block.</param>
    /// <param name="parity">The number of parity symbols among them.</param>
    /// <param name="erasures">The number of erasures.</param>
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
    /// The share of the bits above <see cref="CertaintyBits"/> that erasures and errors did not use: 1 if nothing was corrected, 0 if one
    /// more correction would have been refused.
    /// </summary>
    public static double Unspent(int length, int parity, int erasures, int errors) =>
        (Certainty(length, parity, erasures, errors) - CertaintyBits) / ((8 * parity) - CertaintyBits);

    /// <summary>
    /// The improbability, in bits, that a random word decodes to a block with this many erasures and exactly this many errors.
    /// </summary>
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
