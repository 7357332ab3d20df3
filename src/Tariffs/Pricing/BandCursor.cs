using NodaTime;

namespace Parking.Tariffs.Pricing;

/// <summary>Moves forward through the occurrences of bands (rule 6).</summary>
internal struct BandCursor
{
    /// <summary>The largest difference between a local date and the UTC date, in days, with a margin.</summary>
    private const int DaysOfOffset = 2;

    private readonly BandSchedule _schedule;
    private readonly long _lastDay;
    private ZoneCursor _clock;
    private long _day;
    private int _next;
    private BandSpan[] _layout;

    /// <param name="schedule">The bands.</param>
    /// <param name="zone">The time zone of the bands.</param>
    /// <param name="instant">The start.</param>
    /// <param name="horizon">
    /// Ends of occurrences after this instant are not searched, so that a band that lasts for years costs little.
    /// </param>
    public BandCursor(BandSchedule schedule, DateTimeZone zone, long instant, long horizon)
    {
        _schedule = schedule;
        if (schedule.IsConstant)
        {
            _layout = [];
            End = Seconds.Never;
            return;
        }

        _clock = new(zone, instant);
        _lastDay = Seconds.DayOf(horizon) + DaysOfOffset;
        var local = ZoneCursor.ClockAt(zone, instant);
        _day = Seconds.DayOf(local);
        _layout = schedule.LayoutOf(_day);
        var second = (int)(local - (_day * Seconds.PerDay));
        while (_next < _layout.Length && _layout[_next].Start <= second)
        {
            _next++;
        }

        Band = _layout[_next - 1].Band;
        FindEnd();
    }

    /// <summary>The index of the current band.</summary>
    public int Band { get; private set; }

    /// <summary>The end of this occurrence; <see cref="Seconds.Never"/> if it is after the horizon.</summary>
    public long End { get; private set; }

    /// <summary>Moves to the occurrence at an instant, which is not before the start of the current one.</summary>
    public void MoveTo(long instant)
    {
        while (instant >= End)
        {
            Band = _layout[_next].Band;
            _next++;
            FindEnd();
        }
    }

    /// <summary>Finds the next span of another band and sets <see cref="_next"/> to it.</summary>
    private void FindEnd()
    {
        while (_day <= _lastDay)
        {
            if (_next == _layout.Length)
            {
                _day++;
                _next = 0;
                _layout = _schedule.LayoutOf(_day);
            }
            else if (_layout[_next].Band == Band || IsSkipped(_next))
            {
                _next++;
            }
            else
            {
                End = _clock.InstantOf(StartOf(_next));
                return;
            }
        }

        End = Seconds.Never;
    }

    /// <summary>Whether the clock skips all hours of a span. Its band is then not entered and interrupts nothing (rule 6).</summary>
    private readonly bool IsSkipped(int span)
    {
        // Looks ahead with a copy: the cursor's own clock must not pass a boundary that is needed later.
        var ahead = _clock;
        return ahead.InstantOf(StartOf(span)) == ahead.InstantOf(StartOf(span + 1));
    }

    /// <summary>The local time at which a span of this day begins. The span after the last begins the next day.</summary>
    private readonly long StartOf(int span) => (_day * Seconds.PerDay) + (span < _layout.Length ? _layout[span].Start : Seconds.PerDay);
}
