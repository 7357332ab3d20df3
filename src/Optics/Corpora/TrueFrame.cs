using System.Collections.Immutable;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.Optics.Corpora;

/// <summary>A frame and the known facts about it.</summary>
public sealed record TrueFrame
{
    /// <summary>The name of the distortion or decoy that made the frame, or of the folder it was loaded from.</summary>
    public required string Kind { get; init; }

    /// <summary>The frame's number within its kind, or the file's name.</summary>
    public required string Index { get; init; }

    /// <summary>The seed that the frame was generated from; null if it was not generated.</summary>
    public long? Seed { get; init; }

    /// <summary>The text that a reader must read; null if there is no symbol, so that any text read is wrong.</summary>
    public string? Text { get; init; }

    public required GreyPicture Picture { get; init; }

    /// <summary>The symbol's corners in the reader's order; null if they are not known.</summary>
    public ImmutableArray<FramePoint>? Corners { get; init; }

    /// <summary>The angle by which the picture was rotated after it was taken, in degrees clockwise.</summary>
    public int Turned { get; init; }

    /// <summary>Rotates the frame clockwise.</summary>
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

/// <summary>
/// A frame that is taken or loaded only when it is needed, because a corpus of twenty thousand frames does not fit into memory.
/// </summary>
/// <param name="Take">Takes or loads the frame; every call returns an equal frame. Thread-safe. Throws the exceptions of <see
/// cref="Images.PictureFile.Load"/>.</param>
public sealed record PlannedFrame(Func<TrueFrame> Take);
