using System.Runtime.InteropServices;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Locating;

/// <summary>
/// Finds finder patterns: any line through the middle of one crosses dark, light, dark, light, dark in the ratio 1:1:3:1:1
/// (ISO/IEC 18004, section 6.3.3), whatever the angle.
/// </summary>
internal static class FinderSearch
{
    /// <summary>How much longer than expected a run may be before a crossing gives up.</summary>
    private const float LongestRun = 8;

    private static readonly float Diagonal = MathF.Sqrt(0.5f);

    /// <summary>Adds every pattern of the picture to <paramref name="patterns"/>, each once.</summary>
    public static void FindAll(DarkPlane plane, List<FinderPattern> patterns)
    {
        patterns.Clear();
        // Every other line: a pattern has seven modules, and a module of less than a pixel cannot be read anyway.
        for (var y = 1; y < plane.Height; y += 2)
        {
            SearchRow(plane, y, patterns);
        }
    }

    private static void SearchRow(DarkPlane plane, int y, List<FinderPattern> patterns)
    {
        var row = plane.Row(y);
        Span<int> runs = stackalloc int[5];
        int count = 0, length = 0;
        var dark = false;
        for (var x = 0; x <= row.Length; x++)
        {
            if (x < row.Length && row[x] == dark)
            {
                length++;
                continue;
            }
            runs[1..].CopyTo(runs);
            runs[4] = length;
            count++;
            if (dark && count >= 5 && HasFinderRatio(runs, out var module))
            {
                Confirm(plane, x - runs[4] - runs[3] - (runs[2] / 2f), y + 0.5f, module, patterns);
            }
            dark = !dark;
            length = 1;
        }
    }

    /// <summary>Crosses the suspect downwards, across again through the centre that gave, and along at least one diagonal.</summary>
    private static void Confirm(DarkPlane plane, float x, float y, float module, List<FinderPattern> patterns)
    {
        if (!TryCross(plane, x, y, 0, 1, module * 2, out var height, out var down) || height > module * 3 || module > height * 3)
        {
            return;
        }
        y += down;
        if (!TryCross(plane, x, y, 1, 0, module * 2, out var width, out var right))
        {
            return;
        }
        x += right;
        if (TryCross(plane, x, y, Diagonal, Diagonal, module * 3, out _, out _)
            || TryCross(plane, x, y, Diagonal, -Diagonal, module * 3, out _, out _))
        {
            Add(patterns, x, y, (width + height) / 2);
        }
    }

    private static void Add(List<FinderPattern> patterns, float x, float y, float module)
    {
        foreach (ref var known in CollectionsMarshal.AsSpan(patterns))
        {
            if (known.IsSameAs(x, y, module))
            {
                known = known.SeenAgainAt(x, y, module);
                return;
            }
        }
        patterns.Add(new FinderPattern(x, y, module, 1));
    }

    /// <summary>Counts the five runs along a line, from a point in the dark core outwards both ways.</summary>
    /// <param name="plane">The picture.</param>
    /// <param name="x">The point.</param>
    /// <param name="y">The point.</param>
    /// <param name="dx">The line's direction, a unit vector.</param>
    /// <param name="dy">The line's direction, a unit vector.</param>
    /// <param name="expected">The width of a module as it is expected, in pixels.</param>
    /// <param name="module">The width of a module as it was found.</param>
    /// <param name="offset">How far the middle of the core is from the point, along the line.</param>
    private static bool TryCross(DarkPlane plane, float x, float y, float dx, float dy, float expected, out float module, out float offset)
    {
        Span<int> runs = stackalloc int[5];
        module = offset = 0;
        var longest = expected * LongestRun / 2;
        if (!TryCount(plane, x, y, dx, dy, longest, runs[2..], out var ahead))
        {
            return false;
        }
        Span<int> backwards = stackalloc int[3];
        if (!TryCount(plane, x - dx, y - dy, -dx, -dy, longest, backwards, out var behind))
        {
            return false;
        }
        runs[2] += backwards[0];
        runs[1] = backwards[1];
        runs[0] = backwards[2];
        offset = (ahead - behind) / 2f;
        return HasFinderRatio(runs, out module);
    }

    /// <summary>Counts half the core, a light run and a dark run. The last may end at the picture's edge.</summary>
    private static bool TryCount(DarkPlane plane, float x, float y, float dx, float dy, float longest, Span<int> runs, out int core)
    {
        var run = 0;
        core = 0;
        for (var step = 0; ; step++)
        {
            if (!plane.TryGet(x + (step * dx), y + (step * dy), out var dark))
            {
                core = runs[0];
                return run == 2;
            }
            if (dark != (run % 2 == 0) && ++run == 3)
            {
                core = runs[0];
                return true;
            }
            if (++runs[run] > longest)
            {
                return false;
            }
        }
    }

    private static bool HasFinderRatio(ReadOnlySpan<int> runs, out float module)
    {
        var total = runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
        module = total / 7f;
        var tolerance = (module * 0.6f) + 0.3f;
        return total >= 7
            && MathF.Abs(runs[0] - module) < tolerance
            && MathF.Abs(runs[1] - module) < tolerance
            && MathF.Abs(runs[2] - (3 * module)) < 2.4f * tolerance
            && MathF.Abs(runs[3] - module) < tolerance
            && MathF.Abs(runs[4] - module) < tolerance;
    }
}
