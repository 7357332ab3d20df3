using System.Numerics;

namespace Parking.Optics;

/// <summary>
/// The position of a symbol with its quiet zone in a frame: its corners, clockwise from the top left corner of the upright symbol.
/// </summary>
internal readonly record struct SymbolPose(Vector2 TopLeft, Vector2 TopRight, Vector2 BottomRight, Vector2 BottomLeft)
{
    /// <summary>The width of the margin at the frame's edge that stays free, in pixels.</summary>
    private const float Margin = 4;

    public Vector2 Centre => (TopLeft + TopRight + BottomRight + BottomLeft) / 4;

    public Vector2 Lowest => Vector2.Min(Vector2.Min(TopLeft, TopRight), Vector2.Min(BottomRight, BottomLeft));

    public Vector2 Highest => Vector2.Max(Vector2.Max(TopLeft, TopRight), Vector2.Max(BottomRight, BottomLeft));

    /// <summary>The area in square pixels, by the shoelace formula.</summary>
    public float Area => MathF.Abs(Cross(BottomRight - TopLeft, BottomLeft - TopRight)) / 2;

    /// <summary>Draws a random pose that lies entirely within the frame.</summary>
    public static SymbolPose Draw(int modules, Distortion distortion, int width, int height, SeededRandom random)
    {
        var angle = (distortion.Turn + random.Between(-distortion.Rotation, distortion.Rotation)) * MathF.PI / 180;
        var turn = Matrix3x2.CreateRotation(angle);
        Vector2 Corner(float x, float y)
        {
            // The corners move towards the centre, so they stay on the diagonals and the outline stays convex.
            var pull = random.Between(0, distortion.Perspective);
            return Vector2.Transform(new Vector2(x, y) * (1 - pull) * 0.5f, turn);
        }
        var unit = new SymbolPose(Corner(-1, -1), Corner(1, -1), Corner(1, 1), Corner(-1, 1));

        var room = new Vector2(width - (2 * Margin), height - (2 * Margin));
        var extent = unit.Highest - unit.Lowest;
        var wanted = modules * distortion.ModulePixels / MathF.Sqrt(unit.Area);
        var side = MathF.Min(wanted, MathF.Min(room.X / extent.X, room.Y / extent.Y));
        var free = room - (extent * side);
        var place = new Vector2(Margin) - (unit.Lowest * side) + new Vector2(random.Between(0, free.X), random.Between(0, free.Y));
        Vector2 Placed(Vector2 corner) => (corner * side) + place;
        return new SymbolPose(Placed(unit.TopLeft), Placed(unit.TopRight), Placed(unit.BottomRight), Placed(unit.BottomLeft));
    }

    /// <summary>The same pose moved by a vector.</summary>
    public SymbolPose MovedBy(Vector2 way) => new(TopLeft + way, TopRight + way, BottomRight + way, BottomLeft + way);

    private static float Cross(Vector2 a, Vector2 b) => (a.X * b.Y) - (a.Y * b.X);
}
