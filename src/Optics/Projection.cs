using System.Numerics;

namespace Parking.Optics;

/// <summary>The projective map between the unit square and a quadrilateral in the picture.</summary>
/// <remarks>After P. Heckbert, "Fundamentals of Texture Mapping and Image Warping" (1989), section 2.2.3.</remarks>
internal readonly struct Projection
{
    private readonly double _a, _b, _c, _d, _e, _f, _g, _h, _i;
    private readonly (double A, double B, double C, double D, double E, double F, double G, double H) _out;

    /// <summary>Describes a convex quadrilateral by its corners, clockwise from the top left corner of the upright square.</summary>
    public Projection(Vector2 topLeft, Vector2 topRight, Vector2 bottomRight, Vector2 bottomLeft)
    {
        // From the square to the picture: x = (a·u + b·v + c) / (g·u + h·v + 1), and y in the same way.
        double dx1 = topRight.X - bottomRight.X, dx2 = bottomLeft.X - bottomRight.X;
        double dy1 = topRight.Y - bottomRight.Y, dy2 = bottomLeft.Y - bottomRight.Y;
        double sx = topLeft.X - topRight.X + bottomRight.X - bottomLeft.X, sy = topLeft.Y - topRight.Y + bottomRight.Y - bottomLeft.Y;
        var divisor = (dx1 * dy2) - (dx2 * dy1);
        double g = ((sx * dy2) - (dx2 * sy)) / divisor, h = ((dx1 * sy) - (sx * dy1)) / divisor;
        double a = topRight.X - topLeft.X + (g * topRight.X), b = bottomLeft.X - topLeft.X + (h * bottomLeft.X), c = topLeft.X;
        double d = topRight.Y - topLeft.Y + (g * topRight.Y), e = bottomLeft.Y - topLeft.Y + (h * bottomLeft.Y), f = topLeft.Y;

        _out = (a, b, c, d, e, f, g, h);

        // The inverse map is the adjugate matrix: a common factor cancels out.
        (_a, _b, _c) = (e - (f * h), (c * h) - b, (b * f) - (c * e));
        (_d, _e, _f) = ((f * g) - d, a - (c * g), (c * d) - (a * f));
        (_g, _h, _i) = ((d * h) - (e * g), (b * g) - (a * h), (a * e) - (b * d));
    }

    /// <summary>
    /// The point of the unit square that a point of the picture shows. Coordinates outside 0 to 1 lie outside the square.
    /// </summary>
    public Vector2 ToSquare(float x, float y)
    {
        var scale = 1 / ((_g * x) + (_h * y) + _i);
        return new Vector2((float)(((_a * x) + (_b * y) + _c) * scale), (float)(((_d * x) + (_e * y) + _f) * scale));
    }

    /// <summary>The point of the picture that shows a point of the unit square.</summary>
    public Vector2 ToPicture(float u, float v)
    {
        var scale = 1 / ((_out.G * u) + (_out.H * v) + 1);
        return new Vector2(
            (float)(((_out.A * u) + (_out.B * v) + _out.C) * scale), (float)(((_out.D * u) + (_out.E * v) + _out.F) * scale));
    }
}
