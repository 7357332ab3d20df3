using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>The validations that are used, and the reduction of each (rule 17).</summary>
/// <param name="Total">The price after validations, rounded.</param>
/// <param name="Steps">The reductions, in the order in which they apply.</param>
internal sealed record ValidationChoice(long Total, IReadOnlyList<ValidationChoice.Step> Steps)
{
    /// <summary>The reduction of one validation.</summary>
    public readonly record struct Step(Validation Validation, Fraction Off);

    /// <summary>Chooses the cheapest: all stackable validations together, or one of the others alone; the first if equal.</summary>
    public static ValidationChoice Best(CompiledRate rate, in StayCase stay, Int128 owed, Rounding rounding)
    {
        var best = Apply(rate, stay, owed, rounding, InOrder(stay.Validations!.Where(validation => validation.Stackable)));
        foreach (var alone in stay.Validations!.Where(validation => !validation.Stackable))
        {
            var other = Apply(rate, stay, owed, rounding, [alone]);
            if (other.Total < best.Total)
            {
                best = other;
            }
        }

        return best;
    }

    /// <summary>Free minutes, then percentages, then amounts.</summary>
    private static List<Validation> InOrder(IEnumerable<Validation> validations) =>
        [.. validations.OrderBy(validation => validation.FreeTime is not null ? 0 : validation.PercentOff is not null ? 1 : 2)];

    private static ValidationChoice Apply(CompiledRate rate, in StayCase stay, Int128 owed, Rounding rounding, List<Validation> used)
    {
        var steps = new List<Step>();
        var left = new Fraction(owed, rate.UnitsPerMinor);
        var freeTime = 0L;
        foreach (var validation in used)
        {
            Int128 off;
            if (validation.FreeTime is { } more)
            {
                var sink = default(TotalOnly);
                freeTime += Seconds.Of(more);
                off = Int128.Max(0, left.Numerator - RatePricer.Owed(rate, stay, freeTime, ref sink));
            }
            else if (validation.PercentOff is { } percent)
            {
                off = left.Numerator * percent;
                left = new(left.Numerator * 100, left.Denominator * 100);
            }
            else
            {
                off = validation.AmountOff!.Value * left.Denominator;
            }

            var most = validation.MaxValue is { } max ? max * left.Denominator : off;
            var room = Int128.Max(0, left.Numerator - ((validation.MinValue ?? 0) * left.Denominator));
            off = Int128.Min(off, Int128.Min(most, room));
            left = left with { Numerator = left.Numerator - off };
            steps.Add(new(validation, new(off, left.Denominator)));
        }

        return new(left.Round(rounding), steps);
    }
}
