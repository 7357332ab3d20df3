using System.Collections.Frozen;

namespace Parking.Tariffs.Calendars;

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
