using System.Diagnostics;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>
/// Charges a stay by one rate (rules 8 to 15). It moves from band change to band change, and within a band from line to line and from cap
/// window to cap window, and charges all steps between them at once. So its cost grows with the number of changes in the stay, not with its
/// length.
/// </summary>
internal ref struct ChargeWalk<TSink>
    where TSink : struct, IChargeSink
{
    private readonly CompiledRate _rate;
    private readonly long _start;
    private readonly long _exit;
    private readonly long _overstayStart;
    private readonly int _percent;
    private readonly bool _continues;
    private readonly StepAtBandChange _straddling;
    private readonly ref TSink _sink;
    private CapChain _caps;
    private Int128 _sum;

    private ChargeWalk(CompiledRate rate, long entry, long exit, long freeTime, int percent, ref TSink sink)
    {
        _rate = rate;
        _start = entry + freeTime;
        _exit = exit;
        _overstayStart = rate.Overstay is null ? Seconds.Never : entry + rate.MaximumStay;
        _percent = percent;
        _continues = rate.Rate.LadderAtBandChange == LadderAtBandChange.Continues;
        _straddling = rate.Rate.StepAtBandChange;
        _sink = ref sink;
        _caps = new(rate, entry, _start);
    }

    /// <summary>The sum of a stay's charges after caps, in units.</summary>
    /// <param name="rate">The rate.</param>
    /// <param name="entry">The entry, to the second.</param>
    /// <param name="exit">The exit, to the second.</param>
    /// <param name="freeTime">The uncharged time at the beginning, in seconds.</param>
    /// <param name="percent">The occupancy factor.</param>
    /// <param name="sink">Receives each charge.</param>
    public static Int128 Sum(CompiledRate rate, long entry, long exit, long freeTime, int percent, ref TSink sink)
    {
        if (entry + freeTime >= exit)
        {
            return 0;
        }

        var walk = new ChargeWalk<TSink>(rate, entry, exit, freeTime, percent, ref sink);
        walk.Run();
        return walk._sum;
    }

    private void Run()
    {
        var bands = new BandCursor(_rate.Schedule, _rate.TimeZone, _start, _exit + _rate.LongestStep);
        var flats = new FlatRegister(_rate, _start);
        for (var at = _start; at < _exit;)
        {
            var band = _rate.Overstay!;
            var end = Seconds.Never;
            if (at < _overstayStart)
            {
                bands.MoveTo(at);
                band = _rate.Bands[bands.Band];
                end = Math.Min(bands.End, _overstayStart);
            }

            _caps.EnterBand(band, at, end);
            if (band.Flat is { } flat)
            {
                ChargeFlat(band, flat, at, end, ref flats);
                at = end;
            }
            else
            {
                at = Climb(band, _continues && !band.IsOverstay ? _start : at, at, end);
            }
        }
    }

    private void ChargeFlat(CompiledBand band, BandPrice.Flat flat, long from, long end, ref FlatRegister flats)
    {
        switch (flat.Per)
        {
            case FlatPer.Stay:
                if (flats.IsFirst(band))
                {
                    Charge(band, null, from, end, 1, band.FlatPrice);
                }

                break;

            case FlatPer.Band:
                Charge(band, null, from, end, 1, band.FlatPrice);
                break;

            case FlatPer.CalendarDay:
                for (var at = from; at < end && at < _exit; at = flats.DayEnd)
                {
                    if (flats.IsFirstOnDay(band, at))
                    {
                        Charge(band, null, at, Math.Min(end, flats.DayEnd), 1, band.FlatPrice);
                    }
                }

                break;

            default:
                throw new UnreachableException($"{flat.Per} is no period of a flat rate.");
        }
    }

    /// <summary>Charges a ladder.</summary>
    /// <param name="band">The band.</param>
    /// <param name="origin">The start of the ladder.</param>
    /// <param name="at">The start of charging.</param>
    /// <param name="end">The start of another band.</param>
    /// <returns>The end of what is charged: <paramref name="end"/>, later if a step runs on, or at or after the exit.</returns>
    private long Climb(CompiledBand band, long origin, long at, long end)
    {
        foreach (var line in band.Lines)
        {
            var lineEnd = line.End == Seconds.Never ? Seconds.Never : origin + line.End;
            if (at >= lineEnd)
            {
                continue;
            }

            at = line.IsProRata
                ? ChargeTime(band, line, at, Math.Min(lineEnd, end))
                : ChargeSteps(band, line, origin + line.Start, at, Math.Min(lineEnd, end), end);
            if (at >= end || at >= _exit)
            {
                break;
            }
        }

        return at;
    }

    private long ChargeTime(CompiledBand band, CompiledLine line, long at, long end)
    {
        var stop = Math.Min(end, _exit);
        while (at < stop)
        {
            _caps.MoveTo(at);
            var to = Math.Min(stop, _caps.WindowEnd);
            ChargeShare(band, line, at, to);
            at = to;
        }

        return end;
    }

    /// <summary>Charges the steps of a line that begin in [at, stop).</summary>
    /// <param name="band">The band.</param>
    /// <param name="line">The line.</param>
    /// <param name="lineStart">The start of its first step.</param>
    /// <param name="at">The start of charging: the start of a step or, if the ladder continues, a time within a step.</param>
    /// <param name="stop">The end of the line or the start of another band, whichever is first.</param>
    /// <param name="bandEnd">The start of another band.</param>
    private long ChargeSteps(CompiledBand band, CompiledLine line, long lineStart, long at, long stop, long bandEnd)
    {
        var length = line.StepLength;
        var intoStep = _continues && length != Seconds.Never ? (at - lineStart) % length : 0;
        if (intoStep > 0)
        {
            var restEnd = at - intoStep + length;
            var to = _straddling == StepAtBandChange.Split ? Math.Min(restEnd, bandEnd) : restEnd;
            _caps.MoveTo(at);
            ChargeShare(band, line, at, to);
            at = to;
        }

        var last = Math.Min(stop, _exit);
        while (at < last)
        {
            _caps.MoveTo(at);
            var windowEnd = Math.Min(last, _caps.WindowEnd);
            var steps = length == Seconds.Never ? 1 : (windowEnd - at + length - 1) / length;
            var stepsEnd = length == Seconds.Never ? Seconds.Never : at + (steps * length);
            if (stepsEnd <= bandEnd || _straddling == StepAtBandChange.RunsOn)
            {
                Charge(band, line, at, stepsEnd, steps, line.StepPrice);
                at = stepsEnd;
            }
            else if (_straddling == StepAtBandChange.EndsWhole)
            {
                Charge(band, line, at, bandEnd, steps, line.StepPrice);
                at = bandEnd;
            }
            else
            {
                var cut = stepsEnd - length;
                if (steps > 1)
                {
                    Charge(band, line, at, cut, steps - 1, line.StepPrice);
                }

                ChargeShare(band, line, cut, bandEnd);
                at = bandEnd;
            }
        }

        return at;
    }

    private void Charge(CompiledBand band, CompiledLine? line, long from, long to, long count, long price)
    {
        if (line is null)
        {
            _caps.MoveTo(from);
        }

        var amount = (Int128)(price * _percent) * count;
        _sink.Charge(band, line, from, to, count, isShare: false, amount);
        _sum += _caps.Take(amount, band, ref _sink);
    }

    private void ChargeShare(CompiledBand band, CompiledLine line, long from, long to)
    {
        var amount = (Int128)(line.PricePerSecond * _percent) * (to - from);
        _sink.Charge(band, line, from, to, to - from, isShare: true, amount);
        _sum += _caps.Take(amount, band, ref _sink);
    }
}
