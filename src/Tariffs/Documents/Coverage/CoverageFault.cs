namespace Parking.Tariffs.Documents.Coverage;

/// <summary>Hours of a day that no band has, or that two have.</summary>
/// <param name="From">Minutes from midnight, inclusive.</param>
/// <param name="To">Minutes from midnight, exclusive.</param>
/// <param name="Before">Where hours are missing, those before them; where they are taken twice, those of the earlier band. Null if there are none.</param>
/// <param name="After">Where hours are missing, those after them; where they are taken twice, those of the later band. Null if there are none.</param>
/// <param name="IsGap">Whether they are missing.</param>
internal readonly record struct CoverageFault(int From, int To, Hours? Before, Hours? After, bool IsGap)
{
    /// <summary>What is wrong with a day whose bands have these hours.</summary>
    /// <param name="hours">In any order; sorted by this.</param>
    public static List<CoverageFault> Find(List<Hours> hours)
    {
        hours.Sort((a, b) => a.From != b.From ? a.From.CompareTo(b.From) : a.To.CompareTo(b.To));
        var faults = new List<CoverageFault>();

        // The one that reaches furthest so far. Whatever begins before its end is in two bands, if it is of another band.
        Hours? furthest = null;
        var reached = 0;
        foreach (var next in hours)
        {
            if (next.From > reached)
            {
                faults.Add(new(reached, next.From, furthest, next, IsGap: true));
            }
            else if (furthest is { } before && next.From < reached && before.Band != next.Band)
            {
                faults.Add(new(next.From, Math.Min(next.To, reached), before, next, IsGap: false));
            }

            if (next.To > reached)
            {
                (reached, furthest) = (next.To, next);
            }
        }

        if (reached < Hours.Day)
        {
            faults.Add(new(reached, Hours.Day, furthest, null, IsGap: true));
        }

        return faults;
    }
}
