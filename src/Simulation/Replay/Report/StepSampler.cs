namespace Parking.Simulation.Replay.Report;

/// <summary>Reduces a step curve to what a chart of a given width can show.</summary>
internal static class StepSampler
{
    /// <summary>Keeps the first, last, highest and lowest step in each column of the chart.</summary>
    /// <param name="steps">Pairs of x and value, in order of x; no x is negative.</param>
    /// <param name="length">The length of the x axis, at least 1.</param>
    /// <param name="columns">The number of columns of the chart.</param>
    public static IReadOnlyList<long[]> Thin(IReadOnlyList<long[]> steps, long length, int columns)
    {
        var kept = new List<long[]>();
        for (var start = 0; start < steps.Count;)
        {
            var column = ColumnOf(steps[start]);
            var end = start;
            var (lowest, highest) = (start, start);
            for (; end < steps.Count && ColumnOf(steps[end]) == column; end++)
            {
                lowest = steps[end][1] < steps[lowest][1] ? end : lowest;
                highest = steps[end][1] > steps[highest][1] ? end : highest;
            }
            kept.AddRange(new SortedSet<int> { start, lowest, highest, end - 1 }.Select(index => steps[index]));
            start = end;
        }
        return kept;

        long ColumnOf(long[] step) => Math.Min(columns - 1, (long)((double)step[0] / length * columns));
    }
}
