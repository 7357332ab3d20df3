using System.Collections.Immutable;

namespace Parking.QrReader;

/// <summary>What was read from one symbol.</summary>
/// <remarks>Readings of two frames are never equal, even if they say the same: their bytes and corners are compared by reference.</remarks>
public sealed record SymbolReading
{
    /// <summary>The symbol's text; never empty. Where <see cref="Part"/> is given it is that part only.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// What the text was made of, as a scanner would transmit it (ISO/IEC 18004, section 15): the bytes of byte segments as they are, digits and
    /// letters in ASCII, Kanji in Shift-JIS, Hanzi in GB 2312. A caller who knows the character set better can decode them again.
    /// </summary>
    public required ImmutableArray<byte> Bytes { get; init; }

    /// <summary>Which part of a text this is, where the text is spread over several symbols; null for a whole text.</summary>
    public required SymbolPart? Part { get; init; }

    /// <summary>
    /// What ISO/IEC 15424 calls the symbology identifier: <c>]Q1</c>, or <c>]Q3</c> with FNC1 in the first position (GS1: the text is made of
    /// application identifiers, with U+001D between them), or <c>]Q5</c> with FNC1 in the second (AIM: the text begins with the
    /// application indicator); <c>]Q2</c>, <c>]Q4</c> and <c>]Q6</c> are the same where the symbol names its character set (ECI).
    /// </summary>
    public required string SymbologyIdentifier { get; init; }

    /// <summary>The symbol's size, 1 (21 modules a side) to 40 (177).</summary>
    public required int Version { get; init; }

    /// <summary>The error correction the symbol was drawn with.</summary>
    public required ErrorCorrectionLevel Level { get; init; }

    /// <summary>The pattern its modules were mixed with, 0 to 7 (section 7.8.2).</summary>
    public required int Mask { get; init; }

    /// <summary>How many codewords (bytes of the symbol) had been read wrongly and were put right. 0 for a clean picture.</summary>
    public required int CorrectedCodewords { get; init; }

    /// <summary>Whether the symbol is light on a dark ground.</summary>
    public required bool IsInverted { get; init; }

    /// <summary>Whether the symbol is seen in a mirror or from behind.</summary>
    public required bool IsMirrored { get; init; }

    /// <summary>
    /// How far the reading was from being refused, 0 to 1: the share of the certainty above the required 40 bits that the most damaged block
    /// of codewords had left. 1: nothing was corrected. 0: exactly the required 40 bits are left.
    /// </summary>
    public required double Confidence { get; init; }

    /// <summary>
    /// The symbol's four corners in the frame, without the quiet zone: top left, top right, bottom right, bottom left as the symbol
    /// stands upright, that is with the corner that has no finder pattern at bottom right: clockwise, and counter-clockwise where it is
    /// mirrored. They may lie outside the frame.
    /// </summary>
    public required ImmutableArray<FramePoint> Corners { get; init; }
}
