using System.Numerics;

namespace Parking.Optics;

/// <summary>Paints a symbol into a frame, as printed or displayed, with damage, ink spread and display grid.</summary>
internal sealed class SymbolPaint
{
    /// <summary>The number of points sampled across a pixel in each direction. So a pixel on an edge becomes grey.</summary>
    private const int Samples = 3;

    private const float FewestDisplayPixels = 2.6f, MostDisplayPixels = 4.4f;

    private readonly bool[] _modules;
    private readonly int _fullSize;
    private readonly float _ink, _paper, _dotGain, _grid, _gridPixels;
    private readonly Damage? _damage;

    public SymbolPaint(SymbolPattern symbol, Distortion distortion, SeededRandom random)
    {
        (_ink, _paper) = distortion.IsInverted ? (distortion.Paper, distortion.Ink) : (distortion.Ink, distortion.Paper);
        _fullSize = symbol.FullSize;
        _modules = symbol.FullModules();
        _dotGain = distortion.DotGain;
        if (distortion.DisplayGrid > 0)
        {
            _grid = distortion.DisplayGrid;
            _gridPixels = _fullSize * random.Between(FewestDisplayPixels, MostDisplayPixels);
        }
        if (distortion.Damage > 0)
        {
            _damage = new Damage(symbol.Size, distortion.Damage * random.Between(0.5f, 1), random);
        }
    }

    public void Paint(LightPlane plane, SymbolView view)
    {
        var (low, high) = view.Bounds();
        int left = Math.Max(0, (int)low.X), right = Math.Clamp((int)high.X + 1, left, plane.Width), top = Math.Max(0, (int)low.Y);
        var (above, below) = (new Edge(this, view, left, right), new Edge(this, view, left, right));
        below.MoveTo(top);
        for (var y = top; y < Math.Min(plane.Height, high.Y + 1); y++)
        {
            (above, below) = (below, above);
            below.MoveTo(y + 1);
            var row = plane.Row(y);
            for (var x = left; x < right; x++)
            {
                var i = x - left;
                var cell = above.Cells[i];
                if (cell != above.Cells[i + 1] || cell != below.Cells[i] || cell != below.Cells[i + 1])
                {
                    row[x] = IsPlain ? PlainLight(view, x, y, row[x]) : SpoiltLight(above, below, i, row[x]);
                }
                else if (cell >= 0)
                {
                    row[x] = IsPlain ? (_modules[cell] ? _ink : _paper) : SpoiltLight(above, below, i, row[x]);
                }
            }
        }
    }

    private bool IsPlain => _grid == 0 && _damage is null && _dotGain == 0;

    private static bool IsInside(Vector2 point) => point.X >= 0 && point.X < 1 && point.Y >= 0 && point.Y < 1;

    /// <summary>The index of the module at a point. Points outside the symbol get a negative number, one for each side.</summary>
    private int CellOf(Vector2 point) => point switch
    {
        { X: < 0 } => -1,
        { X: >= 1 } => -2,
        { Y: < 0 } => -3,
        { Y: >= 1 } => -4,
        _ when !IsInside(point) => -5,
        _ => ((int)(point.Y * _fullSize) * _fullSize) + (int)(point.X * _fullSize),
    };

    private float PlainLight(SymbolView view, int x, int y, float behind)
    {
        int hits = 0, dark = 0;
        for (var sample = 0; sample < Samples * Samples; sample++)
        {
            var point = view.ToSquare(x + (((sample % Samples) + 0.5f) / Samples), y + (((sample / Samples) + 0.5f) / Samples));
            if (IsInside(point))
            {
                hits++;
                dark += IsDark(point) ? 1 : 0;
            }
        }
        return ((dark * _ink) + ((hits - dark) * _paper) + (((Samples * Samples) - hits) * behind)) / (Samples * Samples);
    }

    /// <summary>Interpolates the points between the corners of a pixel. Within one pixel the map is practically linear.</summary>
    private float SpoiltLight(Edge above, Edge below, int i, float behind)
    {
        float light = 0;
        for (var sample = 0; sample < Samples * Samples; sample++)
        {
            float right = ((sample % Samples) + 0.5f) / Samples, down = ((sample / Samples) + 0.5f) / Samples;
            var point = Vector2.Lerp(
                Vector2.Lerp(above.Points[i], above.Points[i + 1], right), Vector2.Lerp(below.Points[i], below.Points[i + 1], right), down);
            light += !IsInside(point) ? behind
                : _damage?.GreyAt(point) is { } mark ? mark
                : (IsInked(point) ? _ink : _paper) * DisplayLight(point);
        }
        return light / (Samples * Samples);
    }

    private bool IsDark(Vector2 point) => _modules[((int)(point.Y * _fullSize) * _fullSize) + (int)(point.X * _fullSize)];

    /// <summary>Whether ink covers a point, including ink that spread beyond a module's edge or shrank within it.</summary>
    private bool IsInked(Vector2 point)
    {
        var isDark = IsDark(point);
        if (_dotGain == 0 || isDark == _dotGain > 0)
        {
            return isDark;
        }
        var reach = MathF.Abs(_dotGain) / _fullSize;
        foreach (var way in (ReadOnlySpan<Vector2>)[new(reach, 0), new(-reach, 0), new(0, reach), new(0, -reach)])
        {
            if (IsInside(point + way) && IsDark(point + way) != isDark)
            {
                return !isDark;
            }
        }
        return isDark;
    }

    /// <summary>
    /// The share of light that the display emits at a point: less towards the border of each display pixel, least between columns.
    /// </summary>
    private float DisplayLight(Vector2 point)
    {
        if (_grid == 0)
        {
            return 1;
        }
        float column = FromMiddle(point.X * _gridPixels), line = FromMiddle(point.Y * _gridPixels);
        return 1 - (_grid * MathF.Max(column * column, line * line * 0.6f));
    }

    private static float FromMiddle(float pixels) => MathF.Abs((2 * (pixels - MathF.Floor(pixels))) - 1);

    /// <summary>
    /// The points of the square at the corners along one edge of a row of pixels. If all four corners of a pixel lie in one module, the
    /// whole pixel does, because within one pixel the map is practically linear. Most pixels need no further samples.
    /// </summary>
    private sealed class Edge(SymbolPaint paint, SymbolView view, int left, int right)
    {
        public Vector2[] Points { get; } = new Vector2[right - left + 1];

        public int[] Cells { get; } = new int[right - left + 1];

        public void MoveTo(int y)
        {
            for (var i = 0; i < Points.Length; i++)
            {
                Points[i] = view.ToSquare(left + i, y);
                Cells[i] = paint.CellOf(Points[i]);
            }
        }
    }
}
