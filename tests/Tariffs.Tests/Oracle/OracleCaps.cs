using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>What the caps leave of the charges (rules 14 and 15).</summary>
internal sealed class OracleCaps(Rate rate, long entry, int occupancyPercent)
{
    /// <summary>What each window has let through so far: by the cap it belongs to (null: a band's own) and its number.</summary>
    private readonly Dictionary<(CapPer? Cap, long Window), Fraction> _passed = [];

    /// <summary>In the order in which they apply, which is the order of declaration.</summary>
    private readonly List<Cap> _caps = [.. rate.Caps.OrderBy(cap => cap.Per)];

    /// <summary>What is left of all charges, which are in order of time.</summary>
    public Fraction Sum(IEnumerable<OracleCharge> charges)
    {
        var sum = Fraction.Zero;
        OracleCharge? together = null;
        foreach (var charge in charges)
        {
            // Seconds in a row that lie in the same windows are cut together: one by one, the same would be left of them.
            if (together is { } before && before.Value == charge.Value && before.Of == charge.Of
                && before.Where.Occurrence == charge.Where.Occurrence
                && before.Where.Date == charge.Where.Date && Day(before) == Day(charge))
            {
                together = before with { Part = before.Part + charge.Part };
                continue;
            }

            sum += together is { } done ? Left(done) : Fraction.Zero;
            together = charge;
        }

        return together is { } last ? sum + Left(last) : sum;
    }

    private Fraction Left(OracleCharge charge)
    {
        // Rule 14.
        var left = new Fraction(charge.Value, 1) * new Fraction(charge.Part * occupancyPercent, charge.Of * 100);
        if (charge.IsOverstay)
        {
            return left;
        }

        if (charge.Where.Band.MaxValue is { } most)
        {
            left = Pass(left, most, null, charge.Where.Occurrence);
        }

        foreach (var cap in _caps)
        {
            left = Pass(left, cap.Value, cap.Per, cap.Per switch
            {
                CapPer.CalendarDay => charge.Where.Date,
                CapPer.Rolling24Hours => Day(charge),
                CapPer.Rolling7Days => Day(charge) / 7,
                _ => 0,
            });
        }

        return left;
    }

    /// <summary>How many times 24 hours after the entry.</summary>
    private long Day(OracleCharge charge) => (charge.Second - entry) / 86_400;

    private Fraction Pass(Fraction amount, long most, CapPer? cap, long window)
    {
        var before = _passed.GetValueOrDefault((cap, window), Fraction.Zero);
        var left = Fraction.Min(amount, most - before);
        _passed[(cap, window)] = before + left;
        return left;
    }
}
