using NodaTime;

namespace Parking.Tariffs.Pricing;

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
