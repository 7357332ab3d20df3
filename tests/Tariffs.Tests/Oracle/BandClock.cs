using System.Collections.Immutable;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>Which band of a rate holds at each second of a stay. To be read in order of time, every second from the first one on.</summary>
internal sealed class BandClock
{
    private readonly Dictionary<long, Band[]> _bandsOfDates = [];
    private readonly ImmutableArray<Band> _bands;
    private readonly OracleDays _days;
    private readonly Band? _overstay;
    private readonly long _overstayFrom = long.MaxValue;
    private OracleClock _clock;
    private OracleSecond _previous;
    private long _sameUntil = long.MinValue;

    public BandClock(TariffVersion version, Rate rate, long entry, long firstRead)
    {
        _bands = rate.Bands;
        _days = new(rate.Bands.SelectMany(band => band.ActiveTimes), version.Tariff.HolidayCalendar);
        _clock = new(version.Tariff.TimeZone, firstRead);
        if (rate.MaximumStay is { Overstay: { } price } maximum)
        {
            _overstay = new() { Id = "overstay", Price = price };
            _overstayFrom = entry + (long)maximum.Duration.TotalSeconds;
        }
    }

    public bool IsOverstay(OracleSecond second) => ReferenceEquals(second.Band, _overstay);

    public OracleSecond Read(long second)
    {
        var shown = _clock.Read(second);
        if (shown < _sameUntil && second != _overstayFrom)
        {
            return _previous;
        }

        // No band and no date begins within a minute.
        _sameUntil = shown - Modulo(shown, 60) + 60;
        var date = OracleDays.DateOf(shown);

        // Rule 13: from then on the rate's bands no longer hold.
        var band = second >= _overstayFrom ? _overstay! : BandsOf(date)[Modulo(shown, OracleDays.Day) / 60];

        // Rule 6: an occurrence is an uninterrupted run of a band.
        var occurrence = ReferenceEquals(band, _previous.Band) ? _previous.Occurrence : _previous.Occurrence + 1;
        return _previous = new(band, occurrence, date);
    }

    /// <summary>The first second after the one just read that is in another occurrence, if it is before an end.</summary>
    public long EndOfOccurrence(long second, long end)
    {
        var ahead = (BandClock)MemberwiseClone();
        ahead._clock = _clock.Copy();
        do
        {
            second++;
        }
        while (second < end && ahead.Read(second).Occurrence == _previous.Occurrence);

        return second;
    }

    /// <summary>The band of each minute of a date: the only one whose active times hold, or else the rest.</summary>
    private Band[] BandsOf(long date)
    {
        if (_bandsOfDates.TryGetValue(date, out var minutes))
        {
            return minutes;
        }

        _bandsOfDates[date] = minutes = new Band[OracleDays.Day / 60];
        foreach (var band in _bands)
        {
            foreach (var (from, to) in band.ActiveTimes.SelectMany(time => _days.Spans(time, date)))
            {
                for (var shown = Math.Max(from, date * OracleDays.Day); shown < Math.Min(to, (date + 1) * OracleDays.Day); shown += 60)
                {
                    ref var minute = ref minutes[Modulo(shown, OracleDays.Day) / 60];
                    minute = minute is null || minute == band
                        ? band
                        : throw new InvalidOperationException($"Both {minute.Id} and {band.Id} hold at {shown}.");
                }
            }
        }

        var rest = _bands.SingleOrDefault(band => band.ActiveTimes.IsEmpty);
        for (var i = 0; i < minutes.Length; i++)
        {
            minutes[i] ??= rest ?? throw new InvalidOperationException($"No band holds in minute {i} of day {date}.");
        }

        return minutes;
    }

    private static long Modulo(long number, long divisor) => ((number % divisor) + divisor) % divisor;
}
