using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>What validations leave of a price (rule 17).</summary>
internal static class OracleValidations
{
    /// <param name="shown">The validations that the driver shows, each once, in the tariff's order.</param>
    /// <param name="owedWith">What is owed after caps and minimum charge, with so many more seconds of free time.</param>
    public static Fraction Apply(IReadOnlyList<Validation> shown, Func<long, Fraction> owedWith)
    {
        // Either all stackable ones together, or a single one that is not.
        var cheapest = TakeOff([.. shown.Where(validation => validation.Stackable)], owedWith);
        foreach (var single in shown.Where(validation => !validation.Stackable))
        {
            cheapest = Fraction.Min(cheapest, TakeOff([single], owedWith));
        }

        return cheapest;
    }

    private static Fraction TakeOff(IReadOnlyList<Validation> validations, Func<long, Fraction> owedWith)
    {
        var owed = owedWith(0);
        var moreFreeTime = 0L;
        foreach (var validation in validations.Where(validation => validation.FreeTime is not null))
        {
            // Free minutes add up. What they save is the difference to what is owed by then, so staying longer never makes them worth more.
            moreFreeTime += (long)validation.FreeTime!.Value.TotalSeconds;
            owed = Less(owed, owed - owedWith(moreFreeTime), validation);
        }

        foreach (var validation in validations.Where(validation => validation.PercentOff is not null))
        {
            owed = Less(owed, owed * new Fraction(validation.PercentOff!.Value, 100), validation);
        }

        foreach (var validation in validations.Where(validation => validation.AmountOff is not null))
        {
            owed = Less(owed, validation.AmountOff!.Value, validation);
        }

        return owed;
    }

    /// <summary>At most its maximum, never below its minimum, never below nothing.</summary>
    private static Fraction Less(Fraction owed, Fraction off, Validation validation)
    {
        off = validation.MaxValue is { } most ? Fraction.Min(off, most) : off;
        off = Fraction.Min(off, owed - (validation.MinValue ?? 0));
        return owed - Fraction.Max(off, Fraction.Zero);
    }
}
