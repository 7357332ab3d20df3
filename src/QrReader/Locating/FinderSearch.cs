using System.Numerics;
using System.Runtime.InteropServices;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Locating;

/// <summary>
/// Searches for finder patterns: a line through the centre of one crosses dark, light, dark, light, dark in the ratio 1:1:3:1:1 at any
/// angle (ISO/IEC 18004, section 6.3.3).
/// </summary>
internal static class FinderSearch
{
    /// <summary>A run may be this many times as long as expected before a crossing fails.</summary>
    private const float LongestRun = 8;

    /// <summary>
    /// The largest number of patterns kept. If there are more, those crossed by only one row are removed: noise makes thousands.
    /// </summary>
    private const int MostPatterns = 800;

    /// <summary>The cost of crossing a candidate, in looks, and the number of known patterns it is compared with for one look.</summary>
    private const int LooksToConfirm = 10, PatternsPerLook = 10;

    private static readonly float Diagonal = MathF.Sqrt(0.5f);

    /// <summary>Fills <paramref name="patterns"/> with every pattern of the picture, each once.</summary>
    public static void FindAll(DarkPlane plane, List<FinderPattern> patterns, Effort effort)
    {
        patterns.Clear();
        // Every other row is enough: a pattern has seven modules, and a module of less than one pixel cannot be read anyway.
        for (var y = 1; y < plane.Height; y += 2)
        {
            SearchRow(plane, y, patterns, effort);
            if (patterns.Count >= MostPatterns)
            {
                patterns.RemoveAll(static pattern => pattern.Sightings == 1);
            }
        }
    }

    private static void SearchRow(DarkPlane plane, int y, List<FinderPattern> patterns, Effort effort)
    {
        var edges = new RowEdges();
        ulong before = 0;
        var words = plane.Row(y);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            for (var changes = word ^ ((word << 1) | before); changes != 0; changes &= changes - 1)
            {
                AddEdge(ref edges, (i * DarkPlane.WordBits) + BitOperations.TrailingZeroCount(changes), plane, y, patterns, effort);
            }
            before = word >> (DarkPlane.WordBits - 1);
        }
        // A last word without unused bits has no light pixel after it, so a dark run at its end is closed here.
        if (before != 0)
        {
            AddEdge(ref edges, plane.Width, plane, y, patterns, effort);
        }
    }

    private static void AddEdge(ref RowEdges edges, int x, DarkPlane plane, int y, List<FinderPattern> patterns, Effort effort)
    {
        edges.Add(x);
        if (edges.MayEndPattern && HasFinderRatio(edges, out var module))
        {
            effort.Spend(LooksToConfirm);
            Confirm(plane, edges.Middle, y + 0.5f, module, patterns, effort);
        }
    }

    /// <summary>Crosses the candidate vertically, horizontally through the centre found, and along at least one diagonal.</summary>
    private static void Confirm(DarkPlane plane, float x, float y, float module, List<FinderPattern> patterns, Effort effort)
    {
        if (!TryCross(plane, x, y, 0, 1, module * 2, out var height, out var down) || height > module * 3 || module > height * 3)
        {
            return;
        }
        y = MathF.Floor(y) + down;
        if (!TryCross(plane, x, y, 1, 0, module * 2, out var width, out var right))
        {
            return;
        }
        x = MathF.Floor(x) + right;
        var narrowest = MathF.Min(width, height);
        var isPattern = false;
        for (var turn = -1; turn <= 1; turn += 2)
        {
            if (TryCross(plane, x, y, Diagonal, turn * Diagonal, module * 3, out var across, out _))
            {
                isPattern = true;
                narrowest = MathF.Min(narrowest, across);
            }
        }
        if (isPattern && PatternCircle.IsSuspect(plane, x, y, narrowest))
        {
            effort.Spend(patterns.Count / PatternsPerLook);
            Add(patterns, x, y, (width + height) / 2, narrowest);
        }
    }

    private static void Add(List<FinderPattern> patterns, float x, float y, float module, float narrowest)
    {
        foreach (ref var known in CollectionsMarshal.AsSpan(patterns))
        {
            if (known.IsSameAs(x, y, module))
            {
                known = known.SeenAgainAt(x, y, module, narrowest);
                return;
            }
        }
        if (patterns.Count < MostPatterns)
        {
            patterns.Add(new FinderPattern(x, y, module, narrowest, 1));
        }
    }

    /// <summary>Counts the five runs along a line, outwards in both directions from a point in the dark core.</summary>
    /// <param name="plane">The picture.</param>
    /// <param name="x">The x coordinate of the point.</param>
    /// <param name="y">The y coordinate of the point.</param>
    /// <param name="dx">The x component of the direction, a unit vector.</param>
    /// <param name="dy">The y component of the direction.</param>
    /// <param name="expected">The expected width of a module, in pixels.</param>
    /// <param name="module">The measured width of a module.</param>
    /// <param name="offset">
    /// For a line along an axis: the distance along the line from the near edge of the point's pixel to the centre of the core.
    /// </param>
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

    /// <summary>Counts half the core, a light run and a dark run. The dark run may end at the picture's edge.</summary>
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

    private static bool HasFinderRatio(in RowEdges edges, out float module) =>
        HasFinderRatio(edges.B - edges.A, edges.C - edges.B, edges.D - edges.C, edges.E - edges.D, edges.F - edges.E, out module);

    private static bool HasFinderRatio(ReadOnlySpan<int> runs, out float module) =>
        HasFinderRatio(runs[0], runs[1], runs[2], runs[3], runs[4], out module);

    private static bool HasFinderRatio(int dark, int light, int core, int lightAfter, int darkAfter, out float module)
    {
        var total = dark + light + core + lightAfter + darkAfter;
        module = total / 7f;
        var tolerance = (module * 0.6f) + 0.3f;
        return total >= 7
            && MathF.Abs(core - (3 * module)) < 2.4f * tolerance
            && MathF.Abs(dark - module) < tolerance
            && MathF.Abs(light - module) < tolerance
            && MathF.Abs(lightAfter - module) < tolerance
            && MathF.Abs(darkAfter - module) < tolerance;
    }

    /// <summary>The last six positions where the colour of a row changed, with five runs between them.</summary>
    private struct RowEdges
    {
        public int A, B, C, D, E, F;
        private int _count;

        /// <summary>
        /// Whether the last run is dark and has four runs before it. A row begins light, so every second change ends a dark run.
        /// </summary>
        public readonly bool MayEndPattern => _count % 2 == 0 && _count >= 6;

        public readonly float Middle => (C + D) / 2f;

        public void Add(int x)
        {
            (A, B, C, D, E, F) = (B, C, D, E, F, x);
            _count++;
        }
    }
}

/// <summary>A finder pattern, one of the three large squares of a symbol, as the search measured it.</summary>
/// <param name="X">The x coordinate of the centre, in pixels.</param>
/// <param name="Y">The y coordinate of the centre, in pixels.</param>
/// <param name="Module">
/// The width of a module along the picture's axes, in pixels: larger than its true width if the symbol is rotated.
/// </param>
/// <param name="Narrowest">The smallest width of a module along the axes and diagonals: nearly its true width.</param>
/// <param name="Sightings">The number of picture rows that crossed it.</param>
internal readonly record struct FinderPattern(float X, float Y, float Module, float Narrowest, int Sightings)
{
    /// <summary>The largest ratio of module widths of two patterns of one symbol.</summary>
    public const float MostUnequal = 2.2f;

    /// <summary>The similarity to a finder pattern, at most 1; 0 until it is compared.</summary>
    public float Likeness { get; init; }

    public FramePoint Middle => new(X, Y);

    public float DistanceTo(FinderPattern other) => Middle.DistanceTo(other.Middle);

    public bool IsLikeInSize(FinderPattern other) => Module < other.Module * MostUnequal && other.Module < Module * MostUnequal;

    public bool IsSameAs(float x, float y, float module) =>
        MathF.Abs(X - x) < 2.5f * Module && MathF.Abs(Y - y) < 2.5f * Module && module < Module * 1.8f && Module < module * 1.8f;

    /// <summary>The mean of all sightings, including a new one.</summary>
    public FinderPattern SeenAgainAt(float x, float y, float module, float narrowest) => new(
        ((X * Sightings) + x) / (Sightings + 1),
        ((Y * Sightings) + y) / (Sightings + 1),
        ((Module * Sightings) + module) / (Sightings + 1),
        ((Narrowest * Sightings) + narrowest) / (Sightings + 1),
        Sightings + 1);
}
