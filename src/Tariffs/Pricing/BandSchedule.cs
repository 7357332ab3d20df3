using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Calendars;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>
/// Which band holds when, by the tariff's clock. Each date is laid out once, when it is first asked for; dates that look alike share one layout, so that what is
/// kept is two bytes a day.
/// </summary>
/// <remarks>Safe to use from many threads: layouts are only ever added, under a lock, and published whole.</remarks>
internal sealed class BandSchedule
{
    /// <summary>Dates are laid out by the 256.</summary>
    private const int ChunkBits = 8;

    /// <summary>Of 1900: nothing earlier is priced.</summary>
    private const long FirstKeptDay = -70 * 366;

    /// <summary>Beyond 2199, after which nothing is priced, by as much as is looked ahead.</summary>
    private const long LastKeptDay = 245 * 365;

    private readonly ImmutableArray<ActiveTime>[] _times;
    private readonly int _rest;
    private readonly DayNames _names;
    private readonly Lock _growing = new();
    private readonly short[]?[] _chunks = new short[]?[((LastKeptDay - FirstKeptDay) >> ChunkBits) + 1];
    private BandSpan[][] _layouts = [];

    /// <param name="times">The times of each band; that of the rest is empty.</param>
    /// <param name="rest">The index of the band that holds where no other does.</param>
    /// <param name="calendar">The holidays; null if no time asks for them.</param>
    public BandSchedule(IEnumerable<ImmutableArray<ActiveTime>> times, int rest, HolidayCalendar? calendar)
    {
        _times = [.. times];
        _rest = rest;
        _names = new(_times.SelectMany(list => list), calendar);
    }

    /// <summary>Whether one band holds always, so that nobody need look at a clock.</summary>
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

            // The layouts first: whoever sees the chunk sees them.
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
