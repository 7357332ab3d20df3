using System.Collections.Immutable;

namespace Parking.QrReader;

/// <summary>The result of reading one symbol.</summary>
/// <remarks>Readings of two frames are never equal, because their bytes and corners are compared by reference.</remarks>
public sealed record SymbolReading
{
    /// <summary>The symbol's text; never empty. If <see cref="Part"/> is not null, it is that part only.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// The bytes of the text as a scanner transmits them (ISO/IEC 18004, section 15): byte segments unchanged, digits and letters in ASCII,
    /// Kanji in Shift-JIS, Hanzi in GB 2312. A caller who knows the character set can decode them again.
    /// </summary>
    public required ImmutableArray<byte> Bytes { get; init; }

    /// <summary>The part of a text that several symbols carry; null for a whole text.</summary>
    public required SymbolPart? Part { get; init; }

    /// <summary>
    /// The symbology identifier of ISO/IEC 15424: <c>]Q1</c>; <c>]Q3</c> with FNC1 in the first position (GS1: application identifiers,
    /// separated by U+001D); <c>]Q5</c> with FNC1 in the second position (AIM: the text begins with the application indicator). <c>]Q2</c>,
    /// <c>]Q4</c> and <c>]Q6</c> mean the same for symbols that name a character set (ECI).
    /// </summary>
    public required string SymbologyIdentifier { get; init; }

    /// <summary>The symbol's version, 1 (21 modules a side) to 40 (177).</summary>
    public required int Version { get; init; }

    /// <summary>The error correction level of the symbol.</summary>
    public required ErrorCorrectionLevel Level { get; init; }

    /// <summary>The data mask pattern, 0 to 7 (section 7.8.2).</summary>
    public required int Mask { get; init; }

    /// <summary>The number of codewords (bytes of the symbol) that were corrected; 0 for a clean picture.</summary>
    public required int CorrectedCodewords { get; init; }

    /// <summary>Whether the symbol is light on a dark background.</summary>
    public required bool IsInverted { get; init; }

    /// <summary>Whether the symbol is mirrored or seen from behind.</summary>
    public required bool IsMirrored { get; init; }

    /// <summary>
    /// How far the reading was from being refused, 0 to 1: the share of the bits above the required 40 that the corrections left in the
    /// most damaged block. 1 means that nothing was corrected, 0 that exactly 40 bits were left.
    /// </summary>
    public required double Confidence { get; init; }

    /// <summary>
    /// The symbol's four corners in the frame, without the quiet zone: top left, top right, bottom right, bottom left of the upright
    /// symbol, whose bottom right corner has no finder pattern. They run clockwise, or counter-clockwise if the symbol is mirrored, and may
    /// lie outside the frame.
    /// </summary>
    public required ImmutableArray<FramePoint> Corners { get; init; }
}

/// <summary>The part of a longer text that a symbol carries (structured append, ISO/IEC 18004, section 8).</summary>
/// <param name="Index">The index of the part, 0 to <paramref name="Count"/> − 1.</param>
/// <param name="Count">The number of symbols that carry the text, 1 to 16.</param>
/// <param name="Parity">The exclusive or of all bytes of the whole text. Symbols with different parities belong to different texts.</param>
public readonly record struct SymbolPart(int Index, int Count, byte Parity);

/// <summary>How much of a symbol may be damaged and still be read (ISO/IEC 18004, section 6.5.1).</summary>
public enum ErrorCorrectionLevel
{
    /// <summary>L: about 7 % of the codewords.</summary>
    Low = 0,

    /// <summary>M: about 15 %.</summary>
    Medium = 1,

    /// <summary>Q: about 25 %.</summary>
    Quartile = 2,

    /// <summary>H: about 30 %.</summary>
    High = 3,
}
