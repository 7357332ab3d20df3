namespace Parking.QrReader.Locating;

/// <summary>Three finder patterns that may be the corners of one symbol, named as in the upright symbol.</summary>
internal readonly record struct CornerTriple(FinderPattern TopLeft, FinderPattern TopRight, FinderPattern BottomLeft, float Cost)
{
    /// <summary>The number of nearest patterns that each pattern is combined with when many symbols are wanted.</summary>
    private const int Neighbours = 12;

    /// <summary>The smallest distance between patterns, in modules: 14 in the smallest symbol, less in perspective.</summary>
    public const float LeastDistance = 10;

    /// <summary>Fills <paramref name="triples"/> with every plausible corner, best first.</summary>
    /// <param name="patterns">The patterns. They are sorted.</param>
    /// <param name="most">The number of patterns to combine, those of greatest likeness. Clutter can have hundreds.</param>
    /// <param name="triples">Receives the corners.</param>
    public static void Rank(List<FinderPattern> patterns, int most, List<CornerTriple> triples)
    {
        triples.Clear();
        patterns.Sort(static (a, b) => b.Likeness.CompareTo(a.Likeness));
        var count = Math.Min(patterns.Count, most);
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                for (var k = j + 1; k < count; k++)
                {
                    if (TryForm(patterns[i], patterns[j], patterns[k]) is { } triple)
                    {
                        triples.Add(triple);
                    }
                }
            }
        }
        triples.Sort(static (a, b) => a.Cost.CompareTo(b.Cost));
    }

    /// <summary>
    /// Fills <paramref name="triples"/> with the plausible corners of many symbols, smallest first: adjacent symbols form false corners
    /// with each other, and those are larger than the true ones.
    /// </summary>
    public static void RankMany(List<FinderPattern> patterns, List<CornerTriple> triples)
    {
        triples.Clear();
        Span<int> near = stackalloc int[Neighbours];
        for (var i = 0; i < patterns.Count; i++)
        {
            var count = FindNearest(patterns, i, near);
            for (var j = 0; j < count; j++)
            {
                for (var k = j + 1; k < count; k++)
                {
                    if (TryForm(patterns[i], patterns[near[j]], patterns[near[k]]) is { } triple && triple.TopLeft == patterns[i])
                    {
                        var sides = patterns[i].DistanceTo(patterns[near[j]]) + patterns[i].DistanceTo(patterns[near[k]]);
                        triples.Add(triple with { Cost = sides });
                    }
                }
            }
        }
        triples.Sort(static (a, b) => a.Cost.CompareTo(b.Cost));
    }

    /// <summary>Lists the nearest patterns of similar size.</summary>
    private static int FindNearest(List<FinderPattern> patterns, int of, Span<int> near)
    {
        Span<float> distances = stackalloc float[Neighbours];
        var count = 0;
        for (var i = 0; i < patterns.Count; i++)
        {
            var distance = patterns[of].DistanceTo(patterns[i]);
            if (i == of || !patterns[of].IsLikeInSize(patterns[i]) || (count == near.Length && distance >= distances[count - 1]))
            {
                continue;
            }
            count = Math.Min(count + 1, near.Length);
            var place = count - 1;
            for (; place > 0 && distances[place - 1] > distance; place--)
            {
                (distances[place], near[place]) = (distances[place - 1], near[place - 1]);
            }
            (distances[place], near[place]) = (distance, i);
        }
        return count;
    }

    /// <summary>
    /// Forms a corner of three patterns of similar size at about a right angle. The cost grows with the deviation from a right isosceles
    /// triangle of equal patterns; the limits allow a strong perspective.
    /// </summary>
    private static CornerTriple? TryForm(FinderPattern a, FinderPattern b, FinderPattern c)
    {
        var smallest = MathF.Min(a.Module, MathF.Min(b.Module, c.Module));
        var largest = MathF.Max(a.Module, MathF.Max(b.Module, c.Module));
        if (largest > smallest * FinderPattern.MostUnequal)
        {
            return null;
        }

        // The corner pattern lies opposite the longest side.
        float ab = a.DistanceTo(b), bc = b.DistanceTo(c), ca = c.DistanceTo(a);
        if (ab >= bc && ab >= ca)
        {
            (a, c) = (c, a);
        }
        else if (ca >= ab && ca >= bc)
        {
            (a, b) = (b, a);
        }
        float toB = a.DistanceTo(b), toC = a.DistanceTo(c);
        if (MathF.Min(toB, toC) < smallest * LeastDistance || MathF.Max(toB, toC) > largest * 200)
        {
            return null;
        }
        var cosine = MathF.Abs(((b.X - a.X) * (c.X - a.X)) + ((b.Y - a.Y) * (c.Y - a.Y))) / (toB * toC);
        if (cosine > 0.75f)
        {
            return null;
        }

        // A receding side is shorter, and its far pattern is smaller too: the sides count as equal if they are equal in pixels or in
        // modules.
        var cost = (cosine * 1.5f)
            + MathF.Min(Difference(toB, toC), Difference(toB / b.Module, toC / c.Module))
            + (((largest / smallest) - 1) * 0.5f)
            - (MathF.Min(10, MathF.Min(a.Sightings, MathF.Min(b.Sightings, c.Sightings))) * 0.04f);

        return Of(a, b, c, cost);
    }

    /// <summary>Creates a corner. It decides which of the other two patterns is top right and which is bottom left.</summary>
    public static CornerTriple Of(FinderPattern corner, FinderPattern one, FinderPattern other, float cost)
    {
        // The y axis points down, so the turn from the top side to the left side is positive.
        var turn = ((one.X - corner.X) * (other.Y - corner.Y)) - ((one.Y - corner.Y) * (other.X - corner.X));
        return turn < 0 ? new CornerTriple(corner, other, one, cost) : new CornerTriple(corner, one, other, cost);
    }

    private static float Difference(float a, float b) => MathF.Abs(a - b) / MathF.Max(a, b);
}
