using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>What the caps leave of the charges (rule 15).</summary>
internal sealed class OracleCaps(Rate rate, long entry)
{
    /// <summary>What each window has let through so far: by the cap it belongs to (null: a band's own) and its number.</summary>
    private readonly Dictionary<(CapPer? Cap, long Window), Fraction> _passed = [];

    /// <summary>In the order in which they apply, which is the order of declaration.</summary>
    private readonly List<Cap> _caps = [.. rate.Caps.OrderBy(cap => cap.Per)];

    /// <summary>What is left of a charge. To be asked in order of time.</summary>
    public Fraction Limit(OracleCharge charge)
    {
        if (charge.IsOverstay)
        {
            return charge.Amount;
        }

        var left = charge.Amount;
        if (charge.Where.Band.MaxValue is { } most)
        {
            left = Pass(left, most, null, charge.Where.Occurrence);
        }

        foreach (var cap in _caps)
        {
            left = Pass(left, cap.Value, cap.Per, cap.Per switch
            {
                CapPer.CalendarDay => charge.Where.Date,
                CapPer.Rolling24Hours => (charge.Second - entry) / 86_400,
                CapPer.Rolling7Days => (charge.Second - entry) / (7 * 86_400),
                _ => 0,
            });
        }

        return left;
    }

    private Fraction Pass(Fraction amount, long most, CapPer? cap, long window)
    {
        var before = _passed.GetValueOrDefault((cap, window), Fraction.Zero);
        var left = Fraction.Min(amount, most - before);
        _passed[(cap, window)] = before + left;
        return left;
    }
}
