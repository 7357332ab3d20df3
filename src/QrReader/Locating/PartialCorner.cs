namespace Parking.QrReader.Locating;

/// <summary>Completes two finder patterns to corners when the third is hidden by a reflection, a finger or the frame's edge.</summary>
internal static class PartialCorner
{
    /// <summary>The number of patterns combined in pairs, those of greatest likeness; and the smallest likeness of a pattern.</summary>
    private const int MostPatterns = 4;

    private const float LeastLikeness = 0.75f;

    /// <summary>Fills <paramref name="corners"/> with six corners for each pair.</summary>
    /// <param name="patterns">The patterns, greatest likeness first.</param>
    /// <param name="corners">Receives the corners.</param>
    public static void Complete(List<FinderPattern> patterns, List<CornerTriple> corners)
    {
        corners.Clear();
        for (var i = 0; i < Math.Min(patterns.Count, MostPatterns) && patterns[i].Likeness >= LeastLikeness; i++)
        {
            for (var j = 0; j < i; j++)
            {
                AddPair(patterns[i], patterns[j], corners);
            }
        }
    }

    /// <summary>The two patterns share a side, with the third beside either of them on either side, or they lie on a diagonal.</summary>
    private static void AddPair(FinderPattern a, FinderPattern b, List<CornerTriple> corners)
    {
        if (!a.IsLikeInSize(b) || a.DistanceTo(b) < MathF.Min(a.Module, b.Module) * CornerTriple.LeastDistance)
        {
            return;
        }
        float right = b.X - a.X, down = b.Y - a.Y;
        for (var side = -1; side <= 1; side += 2)
        {
            Add(a, b, At(a, a.X - (side * down), a.Y + (side * right)), corners);
            Add(b, a, At(b, b.X - (side * down), b.Y + (side * right)), corners);
            Add(At(a, ((a.X + b.X) - (side * down)) / 2, ((a.Y + b.Y) + (side * right)) / 2), a, b, corners);
        }
    }

    private static FinderPattern At(FinderPattern like, float x, float y) => like with { X = x, Y = y };

    private static void Add(FinderPattern corner, FinderPattern one, FinderPattern other, List<CornerTriple> corners) =>
        corners.Add(CornerTriple.Of(corner, one, other, cost: 0));
}
