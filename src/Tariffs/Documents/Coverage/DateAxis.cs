namespace Parking.Tariffs.Documents.Coverage;

/// <summary>The stretches of dates on which the same date ranges hold. Days are counted as <see cref="DateOnly.DayNumber"/> does.</summary>
internal static class DateAxis
{
    /// <summary>After so many years, each day of the year has fallen on each weekday, 29 February included, even over the leap day that 2100 does not have.</summary>
    private const int YearsForEveryWeekday = 40;

    private const int AnyYear = 2024;

    /// <summary>
    /// The first days of the stretches, ascending, and at the end the day after the last. What comes before and after repeats what is between. The first of all is a Sunday,
    /// so that Monday is the first day whose day before is known.
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

    /// <summary>The key of the year (month × 100 + day) of a day.</summary>
    public static int KeyOf(int dayNumber)
    {
        var date = DateOnly.FromDayNumber(dayNumber);
        return (date.Month * 100) + date.Day;
    }

    /// <summary>The first day of a year that has this key or a later one; the key need not be a day: after 0430 comes 0431, which is 1 May.</summary>
    private static int FirstFrom(int year, int key)
    {
        var (month, day) = (key / 100, key % 100);
        return day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day).DayNumber
            : new DateOnly(year, month, 1).AddMonths(1).DayNumber;
    }
}
