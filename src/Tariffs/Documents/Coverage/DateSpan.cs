using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents.Coverage;

/// <summary>A <see cref="DateRange"/> as numbers, for fast comparison.</summary>
/// <param name="EveryYear">Whether the ends are keys in a year (month × 100 + day) instead of day numbers.</param>
/// <param name="From">The first, inclusive.</param>
/// <param name="To">The last, inclusive.</param>
internal readonly record struct DateSpan(bool EveryYear, int From, int To)
{
    public static DateSpan Of(DateRange range) => range.From is { } from
        ? new(false, DayNumber(from), DayNumber(range.To!.Value))
        : new(true, Key(range.EveryYearFrom!.Value), Key(range.EveryYearTo!.Value));

    /// <summary>Whether a day, given by its number and its key, lies in the span.</summary>
    public bool Contains(int dayNumber, int key) => !EveryYear
        ? From <= dayNumber && dayNumber <= To
        : From <= To ? From <= key && key <= To : From <= key || key <= To;

    private static int DayNumber(LocalDate date) => date.ToDateOnly().DayNumber;

    private static int Key(AnnualDate date) => (date.Month * 100) + date.Day;
}
