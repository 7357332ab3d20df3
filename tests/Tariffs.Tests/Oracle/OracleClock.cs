using NodaTime;
using NodaTime.TimeZones;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>
/// The tariff's clock (rule 3). Instants are seconds since 1970 UTC; what the clock shows is seconds since 1970 of the wall clock.
/// </summary>
internal sealed class OracleClock
{
    private readonly DateTimeZone _zone;
    private long _latestShown = long.MinValue;
    private ZoneInterval? _interval;
    private long _intervalEnd = long.MinValue;
    private long _offset;

    /// <summary>
    /// A clock that will be read from an instant on. No zone sets its clocks back by more than a day, so what it showed in the two days
    /// before decides.
    /// </summary>
    public OracleClock(DateTimeZone zone, long firstRead)
    {
        _zone = zone;
        var read = Instant.FromUnixTimeSeconds(firstRead);
        foreach (var interval in zone.GetZoneIntervals(read - Duration.FromDays(2), read))
        {
            if (interval.HasEnd && interval.End <= read)
            {
                _latestShown = Math.Max(_latestShown, interval.End.ToUnixTimeSeconds() - 1 + interval.WallOffset.Seconds);
            }
        }
    }

    public OracleClock Copy() => (OracleClock)MemberwiseClone();

    /// <summary>Rule 3: it shows the latest second that the wall clock has shown. To be read in order of time, second by second.</summary>
    public long Read(long second)
    {
        if (_interval is null || second >= _intervalEnd)
        {
            _interval = _zone.GetZoneInterval(Instant.FromUnixTimeSeconds(second));
            _intervalEnd = _interval.HasEnd ? _interval.End.ToUnixTimeSeconds() : long.MaxValue;
            _offset = _interval.WallOffset.Seconds;
        }

        return _latestShown = Math.Max(_latestShown, second + _offset);
    }
}
