using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>
/// Whether the shares that a rate's prices are divided into stay within the numbers that pricing is done in. A second of a pro-rata line costs a fraction, and so
/// does a part of a step that is split; exact sums of such fractions have the least common multiple of their denominators as theirs.
/// </summary>
internal static class StepBounds
{
    /// <summary>A hundred and fifteen days. Usual lengths stay far below: 5, 10, 15, 20, 30, 45, 60, 90 and 120 minutes have six hours together.</summary>
    public const long MaxMultiple = 10_000_000;

    /// <summary>Notes at the rate if they do not.</summary>
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
                    $"the prices of {string.Join(", ", lengths.Take(10).Select(DurationText.Format))} are divided by the second, and together only "
                    + $"{multiple} seconds hold a whole number of each",
                    $"at most {MaxMultiple} seconds: lengths that go into each other, such as PT15M, PT30M and PT1H");
                return;
            }
        }
    }

    /// <summary>The length that a line's price is divided by; null if it is charged whole only.</summary>
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
