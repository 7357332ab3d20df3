using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Checks that the lines of a ladder are contiguous from zero without end, and that each has whole steps.</summary>
internal static class LadderCheck
{
    /// <summary>Reports errors at the lines.</summary>
    public static void Check(List<DocumentNode> nodes, List<RateLine> lines, bool stepsMayBeCut)
    {
        var reached = Duration.Zero;
        for (var i = 0; i < lines.Count; i++)
        {
            CheckStart(nodes[i], lines[i].DurationStart, reached, isFirst: i == 0);
            CheckEnd(nodes[i], lines[i], isLast: i == lines.Count - 1, stepsMayBeCut);

            // After a missing or invalid end, the expected start of the next line is unknown.
            reached = lines[i].DurationEnd is { } end && end > lines[i].DurationStart || i + 1 == lines.Count
                ? lines[i].DurationEnd ?? reached
                : lines[i + 1].DurationStart;
        }
    }

    private static void CheckStart(DocumentNode node, Duration start, Duration reached, bool isFirst)
    {
        if (start == reached)
        {
            return;
        }

        var problem = isFirst
            ? "the ladder does not begin at its beginning"
            : start > reached
                ? $"from {DurationText.Format(reached)} to {DurationText.Format(start)} there is no price"
                : $"from {DurationText.Format(start)} to {DurationText.Format(reached)} there are two prices";
        node.Reject("durationStart", problem, DurationText.Format(reached));
    }

    private static void CheckEnd(DocumentNode node, RateLine line, bool isLast, bool stepsMayBeCut)
    {
        if (line.DurationEnd is { } end)
        {
            if (isLast)
            {
                node.Reject("durationEnd", $"after {DurationText.Format(end)} there is no price", "the last line without durationEnd");
            }
            else if (end <= line.DurationStart)
            {
                node.Reject("durationEnd", "the line ends before it has begun", $"more than {DurationText.Format(line.DurationStart)}");
            }
            else if (line.Kind == RateLineKind.Increments)
            {
                CheckWholeSteps(node, line.DurationStart, end, line.IncrementPeriod!.Value);
            }
        }
        else if (!isLast)
        {
            node.Reject("durationEnd", "the line has no end, so the next is never reached", "the durationStart of the next line");
        }
        else if (line.Kind == RateLineKind.Tier && stepsMayBeCut)
        {
            node.Reject(
                "durationEnd",
                "a step without end cannot be split or run on at a band change",
                "an incrementingRate, a flatRate per stay, or stepAtBandChange endsWhole");
        }
    }

    private static void CheckWholeSteps(DocumentNode node, Duration start, Duration end, Duration step)
    {
        var (length, period) = ((long)(end - start).TotalSeconds, (long)step.TotalSeconds);
        if (length % period == 0)
        {
            return;
        }

        var below = start + Duration.FromSeconds(length / period * period);
        var above = below + step;
        node.Reject(
            "durationEnd",
            $"from {DurationText.Format(start)} to {DurationText.Format(end)} is no whole number of steps of {DurationText.Format(step)}",
            below > start ? $"{DurationText.Format(below)} or {DurationText.Format(above)}" : DurationText.Format(above));
    }
}
