using System.Collections.Frozen;

namespace Parking.Tariffs.Calendars;

/// <summary>The holiday calendars that tariffs may name.</summary>
public sealed class HolidayCalendars
{
    private readonly FrozenDictionary<string, HolidayCalendar> _byId;

    /// <summary>These calendars and no others.</summary>
    /// <exception cref="ArgumentException">Two have the same id.</exception>
    public HolidayCalendars(IEnumerable<HolidayCalendar> calendars) => _byId = calendars.ToDictionary(calendar => calendar.Id).ToFrozenDictionary();

    /// <summary>What comes with the library: <c>CN</c>.</summary>
    public static HolidayCalendars BuiltIn { get; } = new([]);

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<HolidayCalendar> All => _byId.Values;

    /// <summary>The calendar of this id; null if there is none.</summary>
    public HolidayCalendar? Find(string id) => _byId.GetValueOrDefault(id);
}
