using System.Collections.Immutable;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.Optics.Corpora;

/// <summary>A frame, and everything that is truly so about it.</summary>
public sealed record TrueFrame
{
    /// <summary>What was done to it: the name of a distortion or a decoy, or of the folder that it lies in.</summary>
    public required string Kind { get; init; }

    /// <summary>Its number among those of its kind, or the file's name.</summary>
    public required string Index { get; init; }

    /// <summary>The seed it was made from; null for one that was not.</summary>
    public long? Seed { get; init; }

    /// <summary>What a reader must read; null where there is no symbol and whatever is read is false.</summary>
    public string? Text { get; init; }

    public required GreyPicture Picture { get; init; }

    /// <summary>The symbol's corners, as the reader gives them; null where nobody knows.</summary>
    public ImmutableArray<FramePoint>? Corners { get; init; }

    /// <summary>By how many degrees the picture was turned afterwards, clockwise.</summary>
    public int Turned { get; init; }

    /// <summary>The same, turned clockwise.</summary>
    /// <param name="degrees">0, 90, 180 or 270.</param>
    public TrueFrame Turn(int degrees)
    {
        var frame = this with { Turned = (Turned + degrees) % 360 };
        for (; degrees > 0; degrees -= 90)
        {
            var height = frame.Picture.Height;
            frame = frame with
            {
                Picture = frame.Picture.QuarterTurned(),
                Corners = frame.Corners is { } corners ? [.. corners.Select(corner => new FramePoint(height - corner.Y, corner.X))] : null,
            };
        }
        return frame;
    }
}

/// <summary>A frame that will be taken or loaded when its turn comes: a corpus of twenty thousand does not fit into memory.</summary>
/// <param name="Take">Takes it; the same frame each time. From any thread. Throws what <see cref="Images.PictureFile.Load"/>
/// throws.</param>
public sealed record PlannedFrame(Func<TrueFrame> Take);
