using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>Prices a stay by one rate: grace, charges and caps, minimum, validations, rounding (rules 7 to 18).</summary>
internal static class RatePricer
{
    /// <summary>The rounded total.</summary>
    public static long Total(CompiledRate rate, in StayCase stay, Rates.Rounding rounding)
    {
        var sink = default(TotalOnly);
        var owed = Owed(rate, stay, 0, ref sink);
        return stay.Validations is null
            ? new Fraction(owed, rate.UnitsPerMinor).Round(rounding)
            : ValidationChoice.Best(rate, stay, owed, rounding).Total;
    }

    /// <summary>The amount owed before validations, in units.</summary>
    /// <param name="rate">The rate.</param>
    /// <param name="stay">The stay.</param>
    /// <param name="extraFreeTime">Free time in addition to the rate's own, in seconds.</param>
    /// <param name="sink">Receives each charge and cut.</param>
    public static Int128 Owed<TSink>(CompiledRate rate, in StayCase stay, long extraFreeTime, ref TSink sink)
        where TSink : struct, IChargeSink
    {
        if (stay.Exit - stay.Entry <= rate.EntryGrace)
        {
            return 0;
        }

        var sum = ChargeWalk<TSink>.Sum(rate, stay.Entry, stay.Exit, rate.FreeTime + extraFreeTime, stay.Percent, ref sink);
        return sum > 0 ? Int128.Max(sum, rate.MinValue) : sum;
    }
}

/// <summary>A stay with everything that a rate's price depends on.</summary>
/// <param name="Entry">The entry, to the second.</param>
/// <param name="Exit">The exit, to the second; within an exit grace, the payment before it.</param>
/// <param name="Percent">The occupancy factor.</param>
/// <param name="Validations">The driver's validations, in the tariff's order, without repetition; null if none.</param>
internal readonly record struct StayCase(long Entry, long Exit, int Percent, Validation[]? Validations);
