using NodaTime;

namespace Parking.Tariffs.Pricing;

/// <summary>
/// Moves forward along the tariff's clock (rule 3): the wall clock of a zone, except that it never runs back. Times are whole seconds:
/// instants since the Unix epoch, local times since local midnight of 1970-01-01.
/// </summary>
/// <remarks>
/// A boundary is passed when the clock first shows it or a later time. This rule covers skipped hours (at the skip) and repeated hours (the
/// first time).
/// </remarks>
internal struct ZoneCursor
{
    private readonly DateTimeZone _zone;
    private long _start;
    private long _end;
    private long _offset;

    /// <param name="zone">The zone.</param>
    /// <param name="from">Boundaries before this instant are not requested.</param>
    public ZoneCursor(DateTimeZone zone, long from)
    {
        _zone = zone;
        Enter(from);
    }

    /// <summary>The time of the tariff's clock at an instant.</summary>
    public static long ClockAt(DateTimeZone zone, long instant)
    {
        var interval = zone.GetZoneInterval(Instant.FromUnixTimeSeconds(instant));
        var shown = instant + interval.WallOffset.Seconds;
        if (!interval.HasStart)
        {
            return shown;
        }

        // After clocks were set back, it stays at the last second that was shown before.
        var start = interval.Start.ToUnixTimeSeconds();
        var before = zone.GetZoneInterval(Instant.FromUnixTimeSeconds(start - 1));
        return Math.Max(shown, start - 1 + before.WallOffset.Seconds);
    }

    /// <summary>The instant at which the clock passes a local time. Local times must not decrease from call to call.</summary>
    public long InstantOf(long local)
    {
        while (local - _offset >= _end)
        {
            Enter(_end);
        }

        return Math.Max(_start, local - _offset);
    }

    private void Enter(long instant)
    {
        var interval = _zone.GetZoneInterval(Instant.FromUnixTimeSeconds(instant));
        _start = interval.HasStart ? interval.Start.ToUnixTimeSeconds() : long.MinValue / 2;
        _end = interval.HasEnd ? interval.End.ToUnixTimeSeconds() : long.MaxValue / 2;
        _offset = interval.WallOffset.Seconds;
    }
}

/// <summary>Moves forward through calendar dates by the tariff's clock.</summary>
internal struct DayCursor
{
    private ZoneCursor _clock;

    public DayCursor(DateTimeZone zone, long instant)
    {
        _clock = new(zone, instant);
        Day = Seconds.DayOf(ZoneCursor.ClockAt(zone, instant));
        Start = instant;
        End = _clock.InstantOf((Day + 1) * Seconds.PerDay);
    }

    /// <summary>Days since 1970-01-01.</summary>
    public long Day { get; private set; }

    /// <summary>The start of the date, or of the cursor if that is later.</summary>
    public long Start { get; private set; }

    /// <summary>The start of the next date.</summary>
    public long End { get; private set; }

    /// <summary>Moves to the date of an instant that is not before <see cref="Start"/>.</summary>
    public void MoveTo(long instant)
    {
        while (instant >= End)
        {
            Day++;
            Start = End;
            End = _clock.InstantOf((Day + 1) * Seconds.PerDay);
        }
    }
}
