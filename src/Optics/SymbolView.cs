using System.Numerics;

namespace Parking.Optics;

/// <summary>
/// Maps between the points of a symbol and the points of the frame. The unit square is the symbol with its quiet zone. The map includes the
/// bent surface, mirroring, perspective and lens distortion.
/// </summary>
internal sealed class SymbolView
{
    /// <summary>
    /// A cylinder is seen from a little above or below, so its rows appear as arcs. This is the largest height of an arc as a share of the
    /// cylinder's depth.
    /// </summary>
    private const float MostBow = 0.2f;

    private const int LensSteps = 12;

    private readonly Projection _projection;
    private readonly Vector2 _middle;
    private readonly float _barrel, _reachSquared, _halfAngle, _bow;
    private readonly bool _isMirrored;

    /// <param name="pose">The pose that an ideal lens would show.</param>
    /// <param name="distortion">Determines lens and surface.</param>
    /// <param name="frame">The width and height of the frame.</param>
    /// <param name="random">Used only for a bent surface.</param>
    public SymbolView(SymbolPose pose, Distortion distortion, Vector2 frame, SeededRandom random)
    {
        _projection = new Projection(pose.TopLeft, pose.TopRight, pose.BottomRight, pose.BottomLeft);
        _middle = frame / 2;
        _barrel = distortion.Barrel;
        _reachSquared = _middle.LengthSquared();
        _isMirrored = distortion.IsMirrored;
        if (distortion.Curve > 0)
        {
            _halfAngle = distortion.Curve * MathF.PI / 180;
            _bow = random.Between(-MostBow, MostBow) / MathF.Sin(_halfAngle);
        }
    }

    /// <summary>The point of the square that is seen at a point of the frame. Coordinates outside 0 to 1 lie outside the square.</summary>
    public Vector2 ToSquare(float x, float y)
    {
        if (_barrel != 0)
        {
            var outward = new Vector2(x, y) - _middle;
            var straight = _middle + (outward * (1 + (_barrel * outward.LengthSquared() / _reachSquared)));
            (x, y) = (straight.X, straight.Y);
        }
        var point = _projection.ToSquare(x, y);
        if (_halfAngle > 0)
        {
            var sine = ((2 * point.X) - 1) * MathF.Sin(_halfAngle);
            // Points beyond the cylinder's edge show nothing of the surface.
            var angle = MathF.Abs(sine) < 1 ? MathF.Asin(sine) : float.NaN;
            point = new Vector2((1 + (angle / _halfAngle)) / 2, point.Y - Bow(angle));
        }
        return _isMirrored ? point with { X = 1 - point.X } : point;
    }

    /// <summary>The point of the frame at which a point of the square is seen.</summary>
    public Vector2 ToFrame(Vector2 point)
    {
        if (_isMirrored)
        {
            point.X = 1 - point.X;
        }
        if (_halfAngle > 0)
        {
            var angle = ((2 * point.X) - 1) * _halfAngle;
            point = new Vector2((1 + (MathF.Sin(angle) / MathF.Sin(_halfAngle))) / 2, point.Y + Bow(angle));
        }
        var ideal = _projection.ToPicture(point.X, point.Y);
        var seen = ideal;
        for (var step = 0; _barrel != 0 && step < LensSteps; step++)
        {
            seen = _middle + ((ideal - _middle) / (1 + (_barrel * (seen - _middle).LengthSquared() / _reachSquared)));
        }
        return seen;
    }

    /// <summary>The smallest upright rectangle of the frame that contains the square.</summary>
    public (Vector2 Lowest, Vector2 Highest) Bounds()
    {
        const int Steps = 32;
        Vector2 low = new(float.MaxValue), high = new(float.MinValue);
        for (var i = 0; i <= Steps; i++)
        {
            var along = i / (float)Steps;
            foreach (var edge in (ReadOnlySpan<Vector2>)[new(along, 0), new(along, 1), new(0, along), new(1, along)])
            {
                var seen = ToFrame(edge);
                (low, high) = (Vector2.Min(low, seen), Vector2.Max(high, seen));
            }
        }
        return (low - Vector2.One, high + Vector2.One);
    }

    /// <summary>The vertical shift of a point of a row: 0 at the square's left and right edges, largest in the middle.</summary>
    private float Bow(float angle) => _bow * (MathF.Cos(angle) - MathF.Cos(_halfAngle));
}
