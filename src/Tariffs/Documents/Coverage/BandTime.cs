using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents.Coverage;

/// <summary>One active time of a band, for the check: the days on which it begins, and its hours on such a day and on the next.</summary>
internal sealed class BandTime
{
    private readonly DayNameSet _days;

    public BandTime(int band, ActiveTime time)
    {
        _days = new(time.Days);
        Spans = [.. time.Dates.Select(DateSpan.Of)];
        var (start, end) = (Minutes(time.StartTime), Minutes(time.EndTime));
        if (end == 0)
        {
            end = Hours.Day;
        }

        Own = new(start, end > start ? end : Hours.Day, band);
        NextDay = end > start ? null : new(0, end, band);
    }

    /// <summary>The hours on the day on which it begins.</summary>
    public Hours Own { get; }

    /// <summary>The hours on the next day; null if it does not cross midnight.</summary>
    public Hours? NextDay { get; }

    /// <summary>The dates; empty for all dates.</summary>
    public ImmutableArray<DateSpan> Spans { get; }

    public bool FitsDate(int dayNumber, int key)
    {
        foreach (var span in Spans)
        {
            if (span.Contains(dayNumber, key))
            {
                return true;
            }
        }

        return Spans.IsEmpty;
    }

    public bool FitsDay(DayKind kind) => _days.Fit(kind);

    private static int Minutes(LocalTime? time) => time is { } value ? (value.Hour * 60) + value.Minute : 0;
}
