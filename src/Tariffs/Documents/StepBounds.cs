using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>
/// Checks that the fractions of a rate's prices fit the numbers that pricing uses. A second of a pro-rata line and a part of a split step
/// cost a fraction; the denominator of their exact sum is the least common multiple of their denominators.
/// </summary>
internal static class StepBounds
{
    /// <summary>
    /// The largest common multiple, in seconds: 115 days. Usual lengths are far below: 5, 10, 15, 20, 30, 45, 60, 90 and 120 minutes have
    /// six hours.
    /// </summary>
    public const long MaxMultiple = 10_000_000;

    /// <summary>Reports an error at the rate if they do not fit.</summary>
    public static void Check(DocumentNode node, Rate rate)
    {
        var stepsAreShared = rate.StepAtBandChange == StepAtBandChange.Split || rate.LadderAtBandChange == LadderAtBandChange.Continues;
        var lengths = rate.Bands.Select(band => band.Price)
            .Append(rate.MaximumStay?.Overstay)
            .OfType<BandPrice.Ladder>()
            .SelectMany(ladder => ladder.Lines)
            .Select(line => SharedLength(line, stepsAreShared))
            .OfType<Duration>()
            .Distinct()
            .ToList();
        var multiple = 1L;
        foreach (var length in lengths)
        {
            multiple = LeastCommonMultiple(multiple, (long)length.TotalSeconds);
            if (multiple > MaxMultiple)
            {
                node.Reject(
                    $"the prices of {string.Join(", ", lengths.Take(10).Select(DurationText.Format))} "
                + "are divided by the second, and together only "
                    + $"{multiple} seconds hold a whole number of each",
                    $"at most {MaxMultiple} seconds: lengths that go into each other, such as PT15M, PT30M and PT1H");
                return;
            }
        }
    }

    /// <summary>The length that a line's price is divided by; null if only whole steps are charged.</summary>
    private static Duration? SharedLength(RateLine line, bool stepsAreShared) => line.Kind switch
    {
        RateLineKind.ProRata => line.IncrementPeriod,
        _ when !stepsAreShared => null,
        RateLineKind.Increments => line.IncrementPeriod,
        _ => line.DurationEnd - line.DurationStart,
    };

    private static long LeastCommonMultiple(long a, long b)
    {
        var (x, y) = (a, b);
        while (y != 0)
        {
            (x, y) = (y, x % y);
        }

        return a / x * b;
    }
}
