using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>An exact amount of minor units; not negative. It is rounded once, after all additions and reductions (rule 18).</summary>
/// <remarks>
/// No price that the reader accepts overflows: ten years of seconds at 10^8 each, times ten for occupancy, in units of 10^-9, with four
/// percentages, is at most 10^36.
/// </remarks>
internal readonly record struct Fraction(Int128 Numerator, Int128 Denominator)
{
    private const int Decimals = 1_000_000;

    /// <summary>Rounds to a neighbouring multiple of the unit.</summary>
    public long Round(Rounding rounding)
    {
        var unit = Denominator * rounding.Unit;
        var (down, rest) = Int128.DivRem(Numerator, unit);
        if (rest == 0)
        {
            return (long)down * rounding.Unit;
        }

        var half = (rest * 2).CompareTo(unit);
        var up = rounding.Mode switch
        {
            RoundingMode.Up => true,
            RoundingMode.Down => false,
            RoundingMode.HalfUp => half >= 0,
            _ => half > 0 || (half == 0 && Int128.IsOddInteger(down)),
        };
        return ((long)down + (up ? 1 : 0)) * rounding.Unit;
    }

    /// <summary>The amount with six decimals, for people.</summary>
    public decimal ToDecimal()
    {
        var (whole, rest) = Int128.DivRem(Numerator, Denominator);
        return rest == 0
            ? (decimal)whole
            : (decimal)whole + ((decimal)(((rest * Decimals * 2) + Denominator) / (Denominator * 2)) / Decimals);
    }
}
