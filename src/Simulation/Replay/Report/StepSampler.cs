namespace Parking.Simulation.Replay.Report;

/// <summary>Thins a curve of steps to what a chart of some width can show.</summary>
internal static class StepSampler
{
    /// <summary>Of the steps within each column of the chart keeps the first and the last, the highest and the lowest.</summary>
    /// <param name="steps">Pairs of a place on the x-axis and a value, in order; none before 0.</param>
    /// <param name="length">Of the x-axis, at least 1.</param>
    /// <param name="columns">How many columns the chart has.</param>
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
