using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>
/// A rate compiled for the walk: seconds and whole units instead of durations and fractions, and the schedule of its bands.
/// </summary>
internal sealed class CompiledRate
{
    /// <summary>Prices are stored per percent of the occupancy factor.</summary>
    public const int Percent = 100;

    private static readonly LocalizedText OverstayName = new("超时", "Overstay");

    public CompiledRate(Rate rate, Tariff tariff)
    {
        Rate = rate;
        TimeZone = tariff.TimeZone;
        var common = CommonSteps(rate);
        UnitsPerMinor = common * Percent;
        EntryGrace = Seconds.Of(rate.EntryGrace);
        FreeTime = Seconds.Of(rate.FreeTime);
        MinValue = (Int128)rate.MinValue * UnitsPerMinor;
        MaximumStay = rate.MaximumStay is { } maximum ? Seconds.Of(maximum.Duration) : Seconds.Never;
        Bands = [.. rate.Bands.Select((band, i) =>
            new CompiledBand(i, band.Id, band.Name ?? new(band.Id, band.Id), band.Price, band.MaxValue, common))];
        Overstay = rate.MaximumStay?.Overstay is { } overstay ? new(-1, "overstay", OverstayName, overstay, null, common) : null;
        LongestStep = Bands.Append(Overstay).SelectMany(band => band?.Lines ?? []).Where(line => line.StepLength != Seconds.Never)
            .Select(line => line.StepLength).DefaultIfEmpty(0).Max();
        Schedule = new(
            rate.Bands.Select(band => band.ActiveTimes),
            Math.Max(0, rate.Bands.ToList().FindIndex(band => band.ActiveTimes.IsEmpty)),
            tariff.HolidayCalendar);
        CountsDays = CapOf(CapPer.CalendarDay) != CapMeter.None;
        HasDailyFlat = Bands.Append(Overstay).Any(band => band?.Flat?.Per == FlatPer.CalendarDay);
        Conditions = rate.Conditions is { } conditions ? new(conditions, tariff) : null;
    }

    public Rate Rate { get; }

    public DateTimeZone TimeZone { get; }

    /// <summary>The number of units in a minor unit.</summary>
    public long UnitsPerMinor { get; }

    public long EntryGrace { get; }

    public long FreeTime { get; }

    /// <summary>The minimum charge, in units.</summary>
    public Int128 MinValue { get; }

    /// <summary>The maximum stay, from the entry.</summary>
    public long MaximumStay { get; }

    public CompiledBand[] Bands { get; }

    /// <summary>The price after the maximum stay; null if the bands continue.</summary>
    public CompiledBand? Overstay { get; }

    /// <summary>The longest step: how far after the exit a band change can still divide a step.</summary>
    public long LongestStep { get; }

    public BandSchedule Schedule { get; }

    /// <summary>Whether a cap has calendar days as windows.</summary>
    public bool CountsDays { get; }

    /// <summary>Whether a flat rate is owed once a date.</summary>
    public bool HasDailyFlat { get; }

    public CompiledConditions? Conditions { get; }

    /// <summary>A cap in units; <see cref="CapMeter.None"/> if there is none.</summary>
    public Int128 CapOf(CapPer per)
    {
        foreach (var cap in Rate.Caps)
        {
            if (cap.Per == per)
            {
                return (Int128)cap.Value * UnitsPerMinor;
            }
        }

        return CapMeter.None;
    }

    /// <summary>
    /// The least common multiple, in seconds, of all lengths that a price is divided by. The reader refuses rates for which it exceeds ten
    /// million.
    /// </summary>
    private static long CommonSteps(Rate rate)
    {
        var shares = rate.StepAtBandChange == StepAtBandChange.Split || rate.LadderAtBandChange == LadderAtBandChange.Continues;
        var prices = rate.Bands.Select(band => band.Price).Append(rate.MaximumStay?.Overstay);
        var lines = prices.OfType<BandPrice.Ladder>().SelectMany(ladder => ladder.Lines);
        var common = 1L;
        foreach (var line in lines.Where(line => shares || line.Kind == RateLineKind.ProRata))
        {
            var length = line.IncrementPeriod ?? line.DurationEnd - line.DurationStart;
            if (length is { } given)
            {
                common = LeastCommonMultiple(common, Seconds.Of(given));
            }
        }

        return common;
    }

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
