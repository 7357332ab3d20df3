using Parking.Tariffs.Quotes;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>All caps of a rate in the order in which they apply (rule 15). Each cap applies to the result of the one before.</summary>
/// <remarks>
/// Charges arrive in order of time. Before <see cref="WindowEnd"/>, single charges and their sum give the same result, so the walk can
/// charge many steps at once.
/// </remarks>
internal struct CapChain
{
    private const long Hours24 = Seconds.PerDay;
    private const long Days7 = 7 * Seconds.PerDay;

    private readonly CompiledRate _rate;
    private readonly long _entry;
    private CapMeter _band;
    private CapMeter _day;
    private CapMeter _hours24;
    private CapMeter _days7;
    private CapMeter _stay;
    private DayCursor _days;
    private long _bandStart;
    private long _bandEnd;
    private long _hours24Start;
    private long _days7Start;

    public CapChain(CompiledRate rate, long entry, long chargeableStart)
    {
        _rate = rate;
        _entry = entry;
        _band = new(CapMeter.None);
        _day = new(rate.CapOf(CapPer.CalendarDay));
        _hours24 = new(rate.CapOf(CapPer.Rolling24Hours));
        _days7 = new(rate.CapOf(CapPer.Rolling7Days));
        _stay = new(rate.CapOf(CapPer.Stay));
        _hours24Start = entry;
        _days7Start = entry;
        if (rate.CountsDays)
        {
            _days = new(rate.TimeZone, chargeableStart);
        }

        WindowEnd = Seconds.Never;
        MoveTo(chargeableStart);
    }

    /// <summary>The first instant at which the window of some cap changes. <see cref="EnterBand"/> reports occurrences of bands.</summary>
    public long WindowEnd { get; private set; }

    /// <summary>Begins an occurrence of a band.</summary>
    public void EnterBand(CompiledBand band, long start, long end)
    {
        _band = band.Cap;
        (_bandStart, _bandEnd) = (start, end);
    }

    /// <summary>Moves to the windows of an instant.</summary>
    public void MoveTo(long instant)
    {
        WindowEnd = Seconds.Never;
        if (_rate.CountsDays)
        {
            if (instant >= _days.End)
            {
                _days.MoveTo(instant);
                _day.Restart();
            }

            WindowEnd = _days.End;
        }

        Roll(ref _hours24, ref _hours24Start, Hours24, instant);
        Roll(ref _days7, ref _days7Start, Days7, instant);
    }

    /// <summary>Applies the caps to a charge whose first second is before <see cref="WindowEnd"/>.</summary>
    public Int128 Take<TSink>(Int128 amount, CompiledBand band, ref TSink sink)
        where TSink : struct, IChargeSink
    {
        if (band.IsOverstay)
        {
            return amount;
        }

        amount = Take(ref _band, amount, QuoteLineKind.BandCap, band, _bandStart, _bandEnd, ref sink);
        amount = Take(ref _day, amount, QuoteLineKind.DailyCap, null, _days.Start, _days.End, ref sink);
        amount = Take(ref _hours24, amount, QuoteLineKind.Rolling24HoursCap, null, _hours24Start, _hours24Start + Hours24, ref sink);
        amount = Take(ref _days7, amount, QuoteLineKind.Rolling7DaysCap, null, _days7Start, _days7Start + Days7, ref sink);
        return Take(ref _stay, amount, QuoteLineKind.StayCap, null, _entry, Seconds.Never, ref sink);
    }

    private static Int128 Take<TSink>(
        ref CapMeter meter, Int128 amount, QuoteLineKind kind, CompiledBand? band, long from, long to, ref TSink sink)
        where TSink : struct, IChargeSink
    {
        if (meter.IsNone || amount == 0)
        {
            return amount;
        }

        var taken = meter.Take(amount);
        if (taken != amount)
        {
            sink.Cut(kind, band, from, to, meter.Cap, amount - taken);
        }

        return taken;
    }

    private void Roll(ref CapMeter meter, ref long start, long length, long instant)
    {
        if (meter.IsNone)
        {
            return;
        }

        if (instant >= start + length)
        {
            start += (instant - start) / length * length;
            meter.Restart();
        }

        WindowEnd = Math.Min(WindowEnd, start + length);
    }
}

/// <summary>A cap, and the rest of it in its current window.</summary>
internal struct CapMeter
{
    /// <summary>The value of no cap.</summary>
    public static readonly Int128 None = Int128.MaxValue;

    private Int128 _left;

    public CapMeter(Int128 cap)
    {
        Cap = cap;
        IsNone = cap == None;
        _left = cap;
    }

    public Int128 Cap { get; }

    public bool IsNone { get; }

    /// <summary>Begins a new window.</summary>
    public void Restart() => _left = Cap;

    /// <summary>Applies the cap to a charge.</summary>
    public Int128 Take(Int128 amount)
    {
        var taken = amount < _left ? amount : _left;
        _left -= taken;
        return taken;
    }
}
