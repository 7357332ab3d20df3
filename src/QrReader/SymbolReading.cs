using System.Collections.Immutable;

namespace Parking.QrReader;

/// <summary>What was read from one symbol.</summary>
public sealed record SymbolReading
{
    /// <summary>The symbol's text; never empty.</summary>
    public required string Text { get; init; }

    /// <summary>The symbol's size, 1 (21 modules a side) to 40 (177).</summary>
    public required int Version { get; init; }

    /// <summary>The error correction the symbol was drawn with.</summary>
    public required ErrorCorrectionLevel Level { get; init; }

    /// <summary>How many codewords (bytes of the symbol) had been read wrongly and were put right. 0 for a clean picture.</summary>
    public required int CorrectedCodewords { get; init; }

    /// <summary>Whether the symbol is light on a dark ground.</summary>
    public required bool IsInverted { get; init; }

    /// <summary>Whether the symbol is seen in a mirror or from behind.</summary>
    public required bool IsMirrored { get; init; }

    /// <summary>
    /// The symbol's four corners in the frame, without the quiet zone: top left, top right, bottom right, bottom left as the symbol
    /// stands upright, that is with the corner that has no finder pattern at bottom right: clockwise, and counter-clockwise where it is
    /// mirrored. They may lie outside the frame.
    /// </summary>
    public required ImmutableArray<FramePoint> Corners { get; init; }

    /// <summary>The same reading, seen from a frame whose origin is so many pixels farther to the left and up.</summary>
    internal SymbolReading MovedBy(int right, int down) =>
        this with { Corners = [.. Corners.Select(corner => new FramePoint(corner.X + right, corner.Y + down))] };
}
