using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Calendars;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>
/// The bands of each date by the tariff's clock. The layout of a date is computed at first use; equal dates share one layout, so that the
/// schedule stores two bytes a day.
/// </summary>
/// <remarks>Thread-safe: layouts are only added, under a lock, and published atomically.</remarks>
internal sealed class BandSchedule
{
    /// <summary>Dates are stored in chunks of 256.</summary>
    private const int ChunkBits = 8;

    /// <summary>A day of 1900. Nothing earlier is priced.</summary>
    private const long FirstKeptDay = -70 * 366;

    /// <summary>A day after 2199, the end of priced times, with the margin that cursors look ahead.</summary>
    private const long LastKeptDay = 245 * 365;

    private readonly ImmutableArray<ActiveTime>[] _times;
    private readonly int _rest;
    private readonly DayNames _names;
    private readonly Lock _growing = new();
    private readonly short[]?[] _chunks = new short[]?[((LastKeptDay - FirstKeptDay) >> ChunkBits) + 1];
    private BandSpan[][] _layouts = [];

    /// <param name="times">The times of each band; empty for the band of the remaining time.</param>
    /// <param name="rest">The index of the band for all times that no other band has.</param>
    /// <param name="calendar">The holidays; null if no time needs them.</param>
    public BandSchedule(IEnumerable<ImmutableArray<ActiveTime>> times, int rest, HolidayCalendar? calendar)
    {
        _times = [.. times];
        _rest = rest;
        _names = new(_times.SelectMany(list => list), calendar);
    }

    /// <summary>Whether there is only one band, so that no clock is needed.</summary>
    public bool IsConstant => _times.Length == 1;

    /// <summary>The bands of a date in order; the first begins at midnight.</summary>
    /// <param name="day">Days since 1970-01-01.</param>
    public BandSpan[] LayoutOf(long day)
    {
        if (day is < FirstKeptDay or > LastKeptDay)
        {
            return LayOut(day);
        }

        var at = (int)(day - FirstKeptDay);
        var chunk = Volatile.Read(ref _chunks[at >> ChunkBits]) ?? Fill(at >> ChunkBits);
        return Volatile.Read(ref _layouts)[chunk[at & ((1 << ChunkBits) - 1)]];
    }

    private short[] Fill(int index)
    {
        lock (_growing)
        {
            if (_chunks[index] is { } filled)
            {
                return filled;
            }

            var chunk = new short[1 << ChunkBits];
            var layouts = _layouts.ToList();
            for (var i = 0; i < chunk.Length; i++)
            {
                var layout = LayOut(FirstKeptDay + ((long)index << ChunkBits) + i);
                var known = layouts.FindIndex(other => other.AsSpan().SequenceEqual(layout));
                chunk[i] = (short)(known >= 0 ? known : layouts.Count);
                if (known < 0)
                {
                    layouts.Add(layout);
                }
            }

            // The layouts are published first, so that a thread that sees the chunk sees them too.
            Volatile.Write(ref _layouts, [.. layouts]);
            Volatile.Write(ref _chunks[index], chunk);
            return chunk;
        }
    }

    private BandSpan[] LayOut(long day)
    {
        var date = new LocalDate(1970, 1, 1).PlusDays((int)day);
        var held = new List<(int Start, int End, int Band)>();
        for (var band = 0; band < _times.Length; band++)
        {
            foreach (var time in _times[band])
            {
                var start = SecondOfDay(time.StartTime);
                var end = time.EndTime is { } given && given != LocalTime.Midnight ? SecondOfDay(given) : (int)Seconds.PerDay;
                if (_names.Begins(time, date))
                {
                    held.Add((start, end > start ? end : (int)Seconds.PerDay, band));
                }

                if (end <= start && _names.Begins(time, date.PlusDays(-1)))
                {
                    held.Add((0, end, band));
                }
            }
        }

        return Tile(held);
    }

    private BandSpan[] Tile(List<(int Start, int End, int Band)> held)
    {
        var spans = new List<BandSpan>();
        var at = 0;
        foreach (var (start, end, band) in held.OrderBy(span => span.Start))
        {
            if (start > at)
            {
                Append(at, _rest);
            }

            Append(Math.Max(start, at), band);
            at = Math.Max(at, end);
        }

        if (at < Seconds.PerDay)
        {
            Append(at, _rest);
        }

        return [.. spans];

        void Append(int start, int band)
        {
            if (start < Seconds.PerDay && (spans.Count == 0 || spans[^1].Band != band))
            {
                spans.Add(new(start, band));
            }
        }
    }

    private static int SecondOfDay(LocalTime? time) => time is { } given ? (int)(given.NanosecondOfDay / 1_000_000_000) : 0;
}

/// <summary>The start of a band on a day.</summary>
/// <param name="Start">Seconds since midnight, by the tariff's clock.</param>
/// <param name="Band">The band's index in the rate.</param>
internal readonly record struct BandSpan(int Start, int Band);
