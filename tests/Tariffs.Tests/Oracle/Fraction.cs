using System.Numerics;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>An exact amount in minor units. Never reduced: the denominators of one rate have a small common multiple.</summary>
internal readonly struct Fraction(BigInteger numerator, BigInteger denominator)
{
    public static readonly Fraction Zero = new(0, 1);

    private BigInteger Numerator => numerator;

    private BigInteger Denominator => denominator;

    public bool IsZero => numerator.IsZero;

    public static implicit operator Fraction(long amount) => new(amount, 1);

    public static Fraction operator +(Fraction one, Fraction other)
    {
        if (one.Denominator == other.Denominator)
        {
            return new(one.Numerator + other.Numerator, one.Denominator);
        }

        var factor = other.Denominator / BigInteger.GreatestCommonDivisor(one.Denominator, other.Denominator);
        var common = one.Denominator * factor;
        return new((one.Numerator * factor) + (other.Numerator * (common / other.Denominator)), common);
    }

    public static Fraction operator -(Fraction one, Fraction other) => one + new Fraction(-other.Numerator, other.Denominator);

    public static Fraction operator *(Fraction one, Fraction other) =>
        new(one.Numerator * other.Numerator, one.Denominator * other.Denominator);

    public static bool operator <(Fraction one, Fraction other) => one.Denominator == other.Denominator
        ? one.Numerator < other.Numerator
        : one.Numerator * other.Denominator < other.Numerator * one.Denominator;

    public static bool operator >(Fraction one, Fraction other) => other < one;

    public static Fraction Min(Fraction one, Fraction other) => other < one ? other : one;

    public static Fraction Max(Fraction one, Fraction other) => one < other ? other : one;

    /// <summary>The whole number below, and what is left over. Only for amounts that are not negative.</summary>
    public (BigInteger Whole, Fraction Remainder) Split()
    {
        var whole = BigInteger.DivRem(numerator, denominator, out var rest);
        return (whole, new(rest, denominator));
    }
}
