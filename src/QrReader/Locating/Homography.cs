using System.Runtime.Intrinsics;

namespace Parking.QrReader.Locating;

/// <summary>A projective map from a flat symbol, in modules, to the picture, in pixels.</summary>
/// <remarks>(x, y) maps to ((a·x + b·y + c) / w, (d·x + e·y + f) / w) with w = g·x + h·y + 1.</remarks>
internal readonly struct Homography
{
    private const int Unknowns = 8;
    private const int Columns = Unknowns + 1;

    private readonly double _a, _b, _c, _d, _e, _f, _g, _h;

    private Homography(ReadOnlySpan<double> solution)
    {
        (_a, _b, _c, _d) = (solution[0], solution[1], solution[2], solution[3]);
        (_e, _f, _g, _h) = (solution[4], solution[5], solution[6], solution[7]);
    }

    public FramePoint Map(double x, double y)
    {
        var scale = 1 / ((_g * x) + (_h * y) + 1);
        return new FramePoint((float)(((_a * x) + (_b * y) + _c) * scale), (float)(((_d * x) + (_e * y) + _f) * scale));
    }

    /// <summary>Maps eight points at once.</summary>
    public (Vector256<float> X, Vector256<float> Y) Map(Vector256<float> x, Vector256<float> y)
    {
        var scale = Vector256<float>.One / ((x * (float)_g) + (y * (float)_h) + Vector256<float>.One);
        return (((x * (float)_a) + (y * (float)_b) + Vector256.Create((float)_c)) * scale,
            ((x * (float)_d) + (y * (float)_e) + Vector256.Create((float)_f)) * scale);
    }

    /// <summary>Computes the map that takes four points to four others. Returns false if three of them are collinear.</summary>
    public static bool TryBetween(ReadOnlySpan<FramePoint> from, ReadOnlySpan<FramePoint> to, out Homography map)
    {
        Span<double> rows = stackalloc double[Unknowns * Columns];
        rows.Clear();
        for (var i = 0; i < 4; i++)
        {
            double x = from[i].X, y = from[i].Y;
            FillRow(rows.Slice(2 * i * Columns, Columns), 0, x, y, to[i].X);
            FillRow(rows.Slice(((2 * i) + 1) * Columns, Columns), 3, x, y, to[i].Y);
        }
        if (!TrySolve(rows))
        {
            map = default;
            return false;
        }
        Span<double> solution = stackalloc double[Unknowns];
        for (var i = 0; i < Unknowns; i++)
        {
            solution[i] = rows[(i * Columns) + Unknowns] / rows[(i * Columns) + i];
        }
        map = new Homography(solution);
        return true;
    }

    private static void FillRow(Span<double> row, int first, double x, double y, double target)
    {
        (row[first], row[first + 1], row[first + 2]) = (x, y, 1);
        (row[6], row[7], row[8]) = (-target * x, -target * y, target);
    }

    /// <summary>Gauss-Jordan elimination with row pivoting.</summary>
    private static bool TrySolve(Span<double> rows)
    {
        for (var i = 0; i < Unknowns; i++)
        {
            var pivot = i;
            for (var j = i + 1; j < Unknowns; j++)
            {
                if (Math.Abs(rows[(j * Columns) + i]) > Math.Abs(rows[(pivot * Columns) + i]))
                {
                    pivot = j;
                }
            }
            // Negated, so that NaN fails too.
            if (!(Math.Abs(rows[(pivot * Columns) + i]) >= 1e-9))
            {
                return false;
            }
            var current = rows.Slice(i * Columns, Columns);
            if (pivot != i)
            {
                Swap(current, rows.Slice(pivot * Columns, Columns));
            }
            for (var j = 0; j < Unknowns; j++)
            {
                if (j != i)
                {
                    Subtract(rows.Slice(j * Columns, Columns), current, i);
                }
            }
        }
        return true;
    }

    private static void Swap(Span<double> a, Span<double> b)
    {
        for (var k = 0; k < Columns; k++)
        {
            (a[k], b[k]) = (b[k], a[k]);
        }
    }

    private static void Subtract(Span<double> row, ReadOnlySpan<double> pivot, int column)
    {
        var factor = row[column] / pivot[column];
        if (factor == 0)
        {
            return;
        }
        for (var k = column; k < Columns; k++)
        {
            row[k] -= factor * pivot[k];
        }
    }
}
