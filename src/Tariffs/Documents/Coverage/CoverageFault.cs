namespace Parking.Tariffs.Documents.Coverage;

/// <summary>Hours of a day in no band, or in two bands.</summary>
/// <param name="From">Minutes from midnight, inclusive.</param>
/// <param name="To">Minutes from midnight, exclusive.</param>
/// <param name="Before">For a gap, the hours before it; for an overlap, those of the earlier band. Null if there are none.</param>
/// <param name="After">For a gap, the hours after it; for an overlap, those of the later band. Null if there are none.</param>
/// <param name="IsGap">Whether it is a gap.</param>
internal readonly record struct CoverageFault(int From, int To, Hours? Before, Hours? After, bool IsGap)
{
    /// <summary>Finds the faults of a day whose bands have these hours.</summary>
    /// <param name="hours">The hours in any order. They are sorted.</param>
    public static List<CoverageFault> Find(List<Hours> hours)
    {
        hours.Sort((a, b) => a.From != b.From ? a.From.CompareTo(b.From) : a.To.CompareTo(b.To));
        var faults = new List<CoverageFault>();

        // The hours with the latest end so far. Hours of another band that begin before it overlap.
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

/// <summary>A part of a day that belongs to a band.</summary>
/// <param name="From">Minutes from midnight, inclusive.</param>
/// <param name="To">Minutes from midnight, exclusive; at most 1440.</param>
/// <param name="Band">The band's index in its rate.</param>
internal readonly record struct Hours(int From, int To, int Band)
{
    /// <summary>The minutes of a day.</summary>
    public const int Day = 1440;

    /// <summary>Formats minutes from midnight as in documents.</summary>
    public static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";
}
