using System.Collections.Frozen;
using NodaTime;

namespace Parking.Tariffs.Calendars;

/// <summary>The public holidays, and the weekend days that are workdays instead. For the data see <see cref="HolidayCalendars"/>.</summary>
public sealed class HolidayCalendar
{
    private readonly FrozenDictionary<LocalDate, LocalizedText> _publicHolidays;
    private readonly FrozenSet<LocalDate> _daysOff;
    private readonly FrozenSet<LocalDate> _workedDays;

    internal HolidayCalendar(
        string id,
        string source,
        DateInterval covered,
        IReadOnlyDictionary<LocalDate, LocalizedText> publicHolidays,
        IEnumerable<LocalDate> daysOff,
        IEnumerable<LocalDate> workedDays)
    {
        (Id, Source, Covered) = (id, source, covered);
        _publicHolidays = publicHolidays.ToFrozenDictionary();
        _daysOff = daysOff.ToFrozenSet();
        _workedDays = workedDays.ToFrozenSet();
    }

    /// <summary>The id in documents, such as <c>CN</c>.</summary>
    public string Id { get; }

    /// <summary>The publisher of the dates.</summary>
    public string Source { get; }

    /// <summary>
    /// The dates that the calendar covers, both inclusive. Outside them no date is a holiday, and Saturday and Sunday are rest days.
    /// </summary>
    public DateInterval Covered { get; }

    /// <summary>The public holidays by date.</summary>
    public IReadOnlyDictionary<LocalDate, LocalizedText> PublicHolidays => _publicHolidays;

    /// <summary>Whether a date is a public holiday.</summary>
    public bool IsPublicHoliday(LocalDate date) => _publicHolidays.ContainsKey(date);

    /// <summary>Whether the next day is a public holiday and this one is not.</summary>
    public bool IsHolidayEve(LocalDate date) => !IsPublicHoliday(date) && IsPublicHoliday(date.PlusDays(1));

    /// <summary>
    /// Whether a date is a workday: a weekday that is not a holiday or a day off, or a weekend day that is a workday instead.
    /// </summary>
    public bool IsWorkday(LocalDate date) =>
        _workedDays.Contains(date)
        || (date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && !IsPublicHoliday(date) && !_daysOff.Contains(date));
}

/// <summary>The holiday calendars that tariffs may name.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class HolidayCalendars
{
    private readonly FrozenDictionary<string, HolidayCalendar> _byId;

    /// <summary>Creates a set of exactly these calendars.</summary>
    /// <exception cref="ArgumentException">Two have the same id.</exception>
    public HolidayCalendars(IEnumerable<HolidayCalendar> calendars) =>
        _byId = calendars.ToDictionary(calendar => calendar.Id).ToFrozenDictionary();

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<HolidayCalendar> All => _byId.Values;

    /// <summary>The calendar of this id; null if there is none.</summary>
    public HolidayCalendar? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// These calendars and one more, which replaces one with the same id. So the <c>CN</c> of a new year does not need a new library.
    /// </summary>
    public HolidayCalendars With(HolidayCalendar calendar) => new([.. All.Where(existing => existing.Id != calendar.Id), calendar]);
}
