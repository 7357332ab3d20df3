using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>A range of dates, both ends inclusive (as people say it): of one year, or of every year.</summary>
public sealed record DateRange
{
    private DateRange(LocalDate? from, LocalDate? to, AnnualDate? everyYearFrom, AnnualDate? everyYearTo) =>
        (From, To, EveryYearFrom, EveryYearTo) = (from, to, everyYearFrom, everyYearTo);

    /// <summary>The first date; null if the range is of every year.</summary>
    public LocalDate? From { get; }

    /// <summary>The last date, not before the first; null if the range is of every year.</summary>
    public LocalDate? To { get; }

    /// <summary>The first day of the year; null if the range is of one year.</summary>
    public AnnualDate? EveryYearFrom { get; }

    /// <summary>The last day of the year. If it is before the first, the range crosses the turn of the year.</summary>
    public AnnualDate? EveryYearTo { get; }

    /// <summary>Creates a range of one year's dates.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is before <paramref name="from"/>.</exception>
    public static DateRange Between(LocalDate from, LocalDate to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        return new(from, to, null, null);
    }

    /// <summary>Creates a range of every year's dates. In a year without 29 February, it lies between 28 February and 1 March.</summary>
    public static DateRange EveryYear(AnnualDate from, AnnualDate to) => new(null, null, from, to);

    /// <summary>Whether a date lies in the range.</summary>
    public bool Contains(LocalDate date)
    {
        if (From is { } from)
        {
            return from <= date && date <= To!.Value;
        }

        var (first, last, day) = (Key(EveryYearFrom!.Value), Key(EveryYearTo!.Value), Key(new(date.Month, date.Day)));
        return first <= last ? first <= day && day <= last : first <= day || day <= last;
    }

    private static int Key(AnnualDate date) => (date.Month * 100) + date.Day;
}
