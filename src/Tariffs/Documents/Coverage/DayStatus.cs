namespace Parking.Tariffs.Documents.Coverage;

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
