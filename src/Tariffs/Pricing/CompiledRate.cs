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

/// <summary>A band, or the time after the maximum stay, compiled for the walk.</summary>
internal sealed class CompiledBand
{
    public CompiledBand(int index, string id, LocalizedText name, BandPrice price, long? maxValue, long common)
    {
        Index = index;
        Id = id;
        Name = name;
        Cap = new(maxValue is { } max ? (Int128)max * common * CompiledRate.Percent : CapMeter.None);
        if (price is BandPrice.Flat flat)
        {
            Flat = flat;
            FlatPrice = flat.Value * common;
        }

        Lines = price is BandPrice.Ladder ladder ? [.. ladder.Lines.Select((line, i) => new CompiledLine(line, i, common))] : [];
    }

    /// <summary>The index in the rate; -1 for overstay.</summary>
    public int Index { get; }

    public string Id { get; }

    public LocalizedText Name { get; }

    public bool IsOverstay => Index < 0;

    /// <summary>Null if there is a ladder.</summary>
    public BandPrice.Flat? Flat { get; }

    /// <summary>The flat price, in units per percent, like a line's step price.</summary>
    public long FlatPrice { get; }

    public CompiledLine[] Lines { get; }

    /// <summary>The cap of one occurrence, with nothing charged yet.</summary>
    public CapMeter Cap { get; }
}

/// <summary>A rate line in seconds, with its price in units so small that every share of a step is a whole number of units.</summary>
internal sealed class CompiledLine
{
    /// <param name="line">The line.</param>
    /// <param name="index">The index in the ladder.</param>
    /// <param name="common">A common multiple of the lengths of all steps of which shares are charged.</param>
    public CompiledLine(RateLine line, int index, long common)
    {
        Line = line;
        Index = index;
        Start = Seconds.Of(line.DurationStart);
        End = Seconds.Of(line.DurationEnd);
        StepLength = line.IncrementPeriod is { } period ? Seconds.Of(period) : End == Seconds.Never ? Seconds.Never : End - Start;
        StepPrice = line.Value * common;
        PricePerSecond = StepLength == Seconds.Never ? 0 : StepPrice / StepLength;
    }

    public RateLine Line { get; }

    public int Index { get; }

    public bool IsProRata => Line.Kind == RateLineKind.ProRata;

    /// <summary>The start on the ladder, inclusive.</summary>
    public long Start { get; }

    /// <summary>The end on the ladder, exclusive; <see cref="Seconds.Never"/> if it has none.</summary>
    public long End { get; }

    public long StepLength { get; }

    /// <summary>The price of a step, in units per percent: multiplied by the occupancy factor's percentage, it is the charge.</summary>
    public long StepPrice { get; }

    /// <summary>The price of a second. It is exact if shares of the line's steps are charged, and otherwise not used.</summary>
    public long PricePerSecond { get; }
}

/// <summary>A rate table compiled for the pricer.</summary>
internal sealed class CompiledTable(RateTable table, Tariff tariff)
{
    public RateTable Table => table;

    public CompiledRate[] Rates { get; } = [.. table.Rates.Select(rate => new CompiledRate(rate, tariff))];

    /// <summary>Whether the table is for this driver (rule 20).</summary>
    public bool IsFor(ParkedStay stay) =>
        (table.VehicleClasses.IsEmpty || table.VehicleClasses.Contains(stay.VehicleClass)) && (table.Entitlements.IsEmpty || HasOne(stay));

    private bool HasOne(ParkedStay stay)
    {
        foreach (var entitlement in stay.Entitlements)
        {
            if (table.Entitlements.Contains(entitlement))
            {
                return true;
            }
        }

        return false;
    }
}
