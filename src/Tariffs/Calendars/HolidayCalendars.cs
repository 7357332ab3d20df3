using System.Collections.Frozen;

namespace Parking.Tariffs.Calendars;

/// <summary>The holiday calendars that tariffs may name.</summary>
/// <remarks>Immutable, and safe to use from many threads.</remarks>
public sealed class HolidayCalendars
{
    private readonly FrozenDictionary<string, HolidayCalendar> _byId;

    /// <summary>These calendars and no others.</summary>
    /// <exception cref="ArgumentException">Two have the same id.</exception>
    public HolidayCalendars(IEnumerable<HolidayCalendar> calendars) => _byId = calendars.ToDictionary(calendar => calendar.Id).ToFrozenDictionary();

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<HolidayCalendar> All => _byId.Values;

    /// <summary>The calendar of this id; null if there is none.</summary>
    public HolidayCalendar? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>These calendars and one more, which takes the place of one with the same id: a new year's <c>CN</c> need not wait for a new library.</summary>
    public HolidayCalendars With(HolidayCalendar calendar) => new([.. All.Where(existing => existing.Id != calendar.Id), calendar]);
}
