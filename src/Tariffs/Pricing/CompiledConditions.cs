using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Quotes;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>The conditions of a rate (rule 21), compiled.</summary>
internal sealed class CompiledConditions
{
    private const int Within = 0;

    private readonly DateTimeZone _zone;
    private readonly BandSchedule? _entryTimes;
    private readonly BandSchedule? _exitTimes;
    private readonly long _maxLength;

    public CompiledConditions(RateConditions conditions, Tariff tariff)
    {
        _zone = tariff.TimeZone;
        _entryTimes = ScheduleOf(conditions.EntryTimes, tariff);
        _exitTimes = ScheduleOf(conditions.ExitTimes, tariff);
        _maxLength = Seconds.Of(conditions.MaxLength);
    }

    /// <summary>The first condition that is not met; null if all are met.</summary>
    public UnmetCondition? FindUnmet(long entry, long exit)
    {
        if (_entryTimes is not null && !Holds(_entryTimes, entry))
        {
            return UnmetCondition.EntryTimes;
        }

        // Both ends of an exit time are inclusive: the second before the exit is checked too.
        if (_exitTimes is not null && !Holds(_exitTimes, exit) && !Holds(_exitTimes, exit - 1))
        {
            return UnmetCondition.ExitTimes;
        }

        return exit - entry > _maxLength ? UnmetCondition.MaxLength : null;
    }

    /// <summary>
    /// The first instant after <paramref name="exit"/> at which the result of the conditions can change; <see cref="Seconds.Never"/> if
    /// there is none up to <paramref name="horizon"/>.
    /// </summary>
    public long NextTurn(long entry, long exit, long horizon)
    {
        var tooLong = _maxLength == Seconds.Never ? Seconds.Never : entry + _maxLength + 1;
        if (_exitTimes is null)
        {
            return exit < tooLong ? tooLong : Seconds.Never;
        }

        // After the maximum length, the conditions are never met again.
        if (exit >= tooLong)
        {
            return Seconds.Never;
        }

        var now = new BandCursor(_exitTimes, _zone, exit - 1, horizon);
        return Math.Min(tooLong, now.End <= exit ? exit + 1 : now.Band == Within ? now.End + 1 : now.End);
    }

    private bool Holds(BandSchedule times, long instant)
    {
        var local = ZoneCursor.ClockAt(_zone, instant);
        var day = Seconds.DayOf(local);
        var second = local - (day * Seconds.PerDay);
        var held = 0;
        foreach (var span in times.LayoutOf(day))
        {
            if (span.Start <= second)
            {
                held = span.Band;
            }
        }

        return held == Within;
    }

    /// <summary>A schedule with two bands: inside and outside the times.</summary>
    private static BandSchedule? ScheduleOf(ImmutableArray<ActiveTime> times, Tariff tariff) =>
        times.IsEmpty ? null : new([times, []], 1, tariff.HolidayCalendar);
}
