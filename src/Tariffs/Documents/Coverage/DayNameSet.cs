using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents.Coverage;

/// <summary>A set of day names, and what follows from the set of names that a rate's bands use (rule 5).</summary>
internal readonly struct DayNameSet(IEnumerable<DayName> names)
{
    private readonly int _bits = names.Aggregate(0, (bits, name) => bits | (1 << (int)name));

    public bool IsEmpty => _bits == 0;

    /// <summary>Whether it contains a name that needs a calendar.</summary>
    public bool AskCalendar => AskWork || Has(DayName.PublicHoliday) || Has(DayName.HolidayEve);

    private bool AskWork => Has(DayName.Workday) || Has(DayName.RestDay);

    public bool Has(DayName name) => (_bits & (1 << (int)name)) != 0;

    /// <summary>
    /// Whether a day of a kind has one of these names; true if the set is empty. The kind must be one of <see cref="KindsOf"/> for all
    /// names in use.
    /// </summary>
    public bool Fit(DayKind kind) => IsEmpty || kind.Status switch
    {
        DayStatus.PublicHoliday => Has(DayName.PublicHoliday),
        DayStatus.HolidayEve => Has(DayName.HolidayEve),
        DayStatus.RestDay => Has(DayName.RestDay) || Has((DayName)kind.Weekday),
        _ => Has(DayName.Workday) || Has((DayName)kind.Weekday),
    };

    /// <summary>
    /// The kinds that a weekday can have if these are the names in use. Holidays and swapped weekends can fall on any weekday.
    /// </summary>
    public IEnumerable<DayKind> KindsOf(int weekday)
    {
        yield return new(weekday, DayStatus.Workday);
        if (AskWork)
        {
            yield return new(weekday, DayStatus.RestDay);
        }

        if (Has(DayName.HolidayEve))
        {
            yield return new(weekday, DayStatus.HolidayEve);
        }

        if (Has(DayName.PublicHoliday))
        {
            yield return new(weekday, DayStatus.PublicHoliday);
        }
    }

    /// <summary>Whether a day of one kind can follow a day of another if these are the names in use.</summary>
    public bool CanFollow(DayKind before, DayKind kind)
    {
        if (before.Status == DayStatus.HolidayEve)
        {
            // The next day is a public holiday. If that name is not in use, the day has its weekday name, and it is a rest day.
            return Has(DayName.PublicHoliday)
                ? kind.Status == DayStatus.PublicHoliday
                : kind.Status == (AskWork ? DayStatus.RestDay : DayStatus.Workday);
        }

        // A day before a public holiday is a holiday eve, unless it is itself a public holiday.
        return kind.Status != DayStatus.PublicHoliday || before.Status == DayStatus.PublicHoliday || !Has(DayName.HolidayEve);
    }

    /// <summary>Describes a kind if these are the names in use: <c>a sat that is a workday</c>.</summary>
    public string Describe(DayKind kind)
    {
        if (kind.Status is DayStatus.PublicHoliday or DayStatus.HolidayEve)
        {
            return kind.Status == DayStatus.PublicHoliday ? "a publicHoliday" : "a holidayEve";
        }

        var weekday = $"a {DocumentWords.For(DocumentWords.Days, (DayName)kind.Weekday)}";
        return AskWork ? $"{weekday} that is a {(kind.Status == DayStatus.Workday ? "workday" : "restDay")}" : weekday;
    }
}

/// <summary>
/// A kind of day: a weekday and its status. For the bands of a rate, dates of one kind differ only in their place in the year.
/// </summary>
/// <param name="Weekday">1 for Monday to 7 for Sunday.</param>
/// <param name="Status">The status by the holiday calendar.</param>
internal readonly record struct DayKind(int Weekday, DayStatus Status);

/// <summary>The status of a date besides its weekday (rule 5).</summary>
internal enum DayStatus
{
    /// <summary>A workday; also any day if the bands do not distinguish.</summary>
    Workday,

    /// <summary>A day off.</summary>
    RestDay,

    /// <summary>The day before a public holiday that is not itself a public holiday.</summary>
    HolidayEve,

    /// <summary>A public holiday.</summary>
    PublicHoliday,
}
