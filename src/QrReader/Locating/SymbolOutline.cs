using System.Collections.Immutable;

namespace Parking.QrReader.Locating;

/// <summary>Operations on the outline of a symbol: four corners in order, clockwise or counter-clockwise.</summary>
internal static class SymbolOutline
{
    /// <summary>The margin around a symbol that is searched in the next frame, as a share of its size.</summary>
    private const float Surroundings = 0.5f;

    /// <summary>Whether a point lies inside, that is, on the same side of all four edges.</summary>
    public static bool Contains(ImmutableArray<FramePoint> corners, FramePoint point)
    {
        bool isLeft = false, isRight = false;
        for (var i = 0; i < corners.Length; i++)
        {
            FramePoint from = corners[i], to = corners[(i + 1) % corners.Length];
            var side = ((to.X - from.X) * (point.Y - from.Y)) - ((to.Y - from.Y) * (point.X - from.X));
            isLeft |= side < 0;
            isRight |= side > 0;
        }
        return isLeft != isRight;
    }

    /// <summary>Whether two outlines belong to one symbol. A symbol may lie inside another.</summary>
    public static bool IsSame(ImmutableArray<FramePoint> one, ImmutableArray<FramePoint> other)
    {
        var tolerance = one[0].DistanceTo(one[2]) / 4;
        return one[0].DistanceTo(other[0]) < tolerance && one[2].DistanceTo(other[2]) < tolerance;
    }

    /// <summary>
    /// Computes the part of a frame around a symbol in whole pixels, right and bottom exclusive. Returns false if it lies outside the
    /// frame.
    /// </summary>
    public static bool TryFrame(
        ImmutableArray<FramePoint> corners, int width, int height, out int left, out int top, out int right, out int bottom)
    {
        if (corners.IsDefaultOrEmpty)
        {
            left = top = right = bottom = 0;
            return false;
        }
        float lowX = float.MaxValue, lowY = float.MaxValue, highX = float.MinValue, highY = float.MinValue;
        foreach (var corner in corners)
        {
            (lowX, highX) = (MathF.Min(lowX, corner.X), MathF.Max(highX, corner.X));
            (lowY, highY) = (MathF.Min(lowY, corner.Y), MathF.Max(highY, corner.Y));
        }
        float aroundX = (highX - lowX) * Surroundings, aroundY = (highY - lowY) * Surroundings;
        left = (int)Math.Clamp(lowX - aroundX, 0, width);
        right = (int)Math.Clamp(highX + aroundX, 0, width);
        top = (int)Math.Clamp(lowY - aroundY, 0, height);
        bottom = (int)Math.Clamp(highY + aroundY, 0, height);
        return left < right && top < bottom;
    }
}
