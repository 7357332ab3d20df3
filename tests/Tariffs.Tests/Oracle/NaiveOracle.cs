using System.Numerics;
using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>
/// Prices a stay second by second, as docs/tariffs.md defines it and in the same order. The tests compare the engine with it. It is written
/// from the rules alone, slow and simple; if the two differ, one of them or the rules are wrong.
/// </summary>
/// <remarks>
/// <para>Read it in this order: <see cref="OracleClock"/> (rules 2, 3), <see cref="OracleDays"/> (4, 5), <see cref="BandClock"/> (6, 13),
/// <see cref="OracleLadder"/> (8 to 13), <see cref="OracleCaps"/> (14, 15), <see cref="OracleValidations"/> (17), and this class (1, 7, 14,
/// 16, 18, 20 to 22).</para>
/// <para>A failing property prints the tariff, the stay and a seed. <c>docs/testing.md</c> says how to repeat the case and how to run more
/// cases.</para>
/// </remarks>
internal sealed class NaiveOracle(TariffVersion version, ParkedStay stay)
{
    private readonly Dictionary<(string Rate, long Exit, long MoreFreeTime), Fraction> _owed = [];

    /// <summary>Rule 1: to the whole second, downwards.</summary>
    private readonly long _entry = stay.EnteredAt.ToUnixTimeSeconds();

    private readonly long _exit = stay.ExitedAt.ToUnixTimeSeconds();

    public static OracleAnswer Price(TariffVersion version, ParkedStay stay) => new NaiveOracle(version, stay).Price();

    /// <summary>Rule 22. Only payments made by then can have covered the total as it was then.</summary>
    private OracleAnswer Price()
    {
        var paid = 0L;
        foreach (var payment in stay.Payments)
        {
            paid += payment.Amount;
            var paidAt = payment.PaidAt.ToUnixTimeSeconds();
            if (_entry <= paidAt && paidAt <= _exit && _exit <= paidAt + Seconds(version.ExitGrace))
            {
                var asItWas = PriceUntil(paidAt);
                if (paid >= asItWas.Total)
                {
                    return asItWas;
                }
            }
        }

        return PriceUntil(_exit);
    }

    /// <summary>Rules 20 and 21.</summary>
    private OracleAnswer PriceUntil(long exit)
    {
        var table = version.RateTables.First(table =>
            (table.VehicleClasses.IsEmpty || table.VehicleClasses.Contains(stay.VehicleClass))
            && (table.Entitlements.IsEmpty || table.Entitlements.Any(entitlement => stay.Entitlements.Contains(entitlement))));
        var holding = table.Rates.Where(rate => rate.Conditions is not { } conditions || Hold(conditions, exit));
        var prices = holding.Select(rate => new OracleAnswer(table, rate, Total(rate, exit)));
        return table.Choose == RateChoice.First ? prices.First() : prices.MinBy(price => price.Total)!;
    }

    private bool Hold(RateConditions conditions, long exit)
    {
        var entryDays = new OracleDays(conditions.EntryTimes, version.Tariff.HolidayCalendar);
        var exitDays = new OracleDays(conditions.ExitTimes, version.Tariff.HolidayCalendar);
        var entryShown = new OracleClock(version.Tariff.TimeZone, _entry).Read(_entry);
        var exitClock = new OracleClock(version.Tariff.TimeZone, exit - 1);
        var shownBeforeExit = exitClock.Read(exit - 1);
        var exitShown = exitClock.Read(exit);
        return (conditions.EntryTimes.IsEmpty || conditions.EntryTimes.Any(time => entryDays.HoldsAt(time, entryShown)))
            && (conditions.ExitTimes.IsEmpty
                || conditions.ExitTimes.Any(time => exitDays.HoldsAt(time, exitShown) || exitDays.HoldsAt(time, shownBeforeExit)))
            && (conditions.MaxLength is not { } longest || exit - _entry <= Seconds(longest));
    }

    private long Total(Rate rate, long exit)
    {
        // Rule 7.
        if (exit - _entry <= Seconds(rate.EntryGrace))
        {
            return 0;
        }

        // Rule 17: a validation shown twice counts once.
        var shown = version.Validations.Where(validation => stay.Validations.Contains(validation.Id)).ToList();
        return Round(OracleValidations.Apply(shown, moreFreeTime => Owed(rate, exit, moreFreeTime)));
    }

    /// <summary>Rules 8 to 16.</summary>
    private Fraction Owed(Rate rate, long exit, long moreFreeTime)
    {
        if (!_owed.TryGetValue((rate.Id, exit, moreFreeTime), out var owed))
        {
            owed = new OracleCaps(rate, _entry, OccupancyPercent())
                .Sum(new OracleLadder(version, rate, _entry, exit, moreFreeTime).Charges());

            // Rule 16.
            owed = owed.IsZero ? owed : Fraction.Max(owed, rate.MinValue);
            _owed.Add((rate.Id, exit, moreFreeTime), owed);
        }

        return owed;
    }

    /// <summary>Rule 14.</summary>
    private int OccupancyPercent() => stay.OccupancyPercent is { } occupancy && !version.OccupancyFactors.IsEmpty
        ? version.OccupancyFactors.Last(factor => factor.OccupancyFrom <= occupancy).Percent
        : 100;

    /// <summary>Rule 18.</summary>
    private long Round(Fraction exact)
    {
        var unit = version.Rounding.Unit;
        var (units, remainder) = (exact * new Fraction(1, unit)).Split();
        var half = new Fraction(1, 2);
        var up = version.Rounding.Mode switch
        {
            RoundingMode.Up => !remainder.IsZero,
            RoundingMode.Down => false,
            RoundingMode.HalfUp => !(remainder < half),
            _ => remainder > half || (!(remainder < half) && !units.IsEven),
        };
        return (long)((units + (up ? BigInteger.One : 0)) * unit);
    }

    private static long Seconds(Duration duration) => (long)duration.TotalSeconds;
}
