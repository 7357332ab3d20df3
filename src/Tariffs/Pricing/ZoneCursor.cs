using NodaTime;

namespace Parking.Tariffs.Pricing;

/// <summary>
/// The tariff's clock (rule 3), followed forward: the wall clock of a zone, except that it never runs back. All times are whole seconds: instants since the Unix
/// epoch, local times since local midnight of 1970-01-01.
/// </summary>
/// <remarks>A boundary is passed when the clock first shows it or a later time. That one rule covers skipped hours (at the skip) and repeated ones (the first time).</remarks>
internal struct ZoneCursor
{
    private readonly DateTimeZone _zone;
    private long _start;
    private long _end;
    private long _offset;

    /// <param name="zone">The zone.</param>
    /// <param name="from">No boundary before this instant will be asked for.</param>
    public ZoneCursor(DateTimeZone zone, long from)
    {
        _zone = zone;
        Enter(from);
    }

    /// <summary>What the tariff's clock shows at an instant.</summary>
    public static long ClockAt(DateTimeZone zone, long instant)
    {
        var interval = zone.GetZoneInterval(Instant.FromUnixTimeSeconds(instant));
        var shown = instant + interval.WallOffset.Seconds;
        if (!interval.HasStart)
        {
            return shown;
        }

        // Just after clocks were set back, it stands at the last second that was shown before.
        var start = interval.Start.ToUnixTimeSeconds();
        var before = zone.GetZoneInterval(Instant.FromUnixTimeSeconds(start - 1));
        return Math.Max(shown, start - 1 + before.WallOffset.Seconds);
    }

    /// <summary>When the clock passes a local time. Later calls must not ask for an earlier one.</summary>
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
