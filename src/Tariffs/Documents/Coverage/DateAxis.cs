namespace Parking.Tariffs.Documents.Coverage;

/// <summary>
/// Divides dates into stretches in which the same date ranges apply. Days are numbered as in <see cref="DateOnly.DayNumber"/>.
/// </summary>
internal static class DateAxis
{
    /// <summary>
    /// Within this many years, each day of the year, including 29 February, falls on each weekday, even though 2100 has no leap day.
    /// </summary>
    private const int YearsForEveryWeekday = 40;

    private const int AnyYear = 2024;

    /// <summary>
    /// The first days of the stretches, ascending, then the day after the last stretch. Dates before and after repeat those between. The
    /// first day is a Sunday, so that Monday is the first day with a known previous day.
    /// </summary>
    public static int[] Boundaries(IReadOnlyCollection<DateSpan> spans)
    {
        var ofOneYear = spans.Where(span => !span.EveryYear).ToList();
        var firstYear = ofOneYear.Select(span => DateOnly.FromDayNumber(span.From).Year).DefaultIfEmpty(AnyYear).Min() - 1;
        var lastYear = ofOneYear.Select(span => DateOnly.FromDayNumber(span.To).Year).DefaultIfEmpty(AnyYear).Max() + YearsForEveryWeekday;
        var first = new DateOnly(firstYear, 1, 1).DayNumber;
        var boundaries = new SortedSet<int> { first - (first % 7) - 1, new DateOnly(lastYear + 1, 1, 1).DayNumber };
        foreach (var span in ofOneYear)
        {
            boundaries.Add(span.From);
            boundaries.Add(span.To + 1);
        }

        foreach (var span in spans.Where(span => span.EveryYear).Distinct())
        {
            for (var year = firstYear; year <= lastYear; year++)
            {
                boundaries.Add(FirstFrom(year, span.From));
                boundaries.Add(FirstFrom(year, span.To + 1));
            }
        }

        return [.. boundaries];
    }

    /// <summary>The key of a day in its year: month × 100 + day.</summary>
    public static int KeyOf(int dayNumber)
    {
        var date = DateOnly.FromDayNumber(dayNumber);
        return (date.Month * 100) + date.Day;
    }

    /// <summary>The first day of a year with this key or a later one. The key need not be a date: 0431 gives 1 May.</summary>
    private static int FirstFrom(int year, int key)
    {
        var (month, day) = (key / 100, key % 100);
        return day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day).DayNumber
            : new DateOnly(year, month, 1).AddMonths(1).DayNumber;
    }
}
