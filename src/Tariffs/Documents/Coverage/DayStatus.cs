namespace Parking.Tariffs.Documents.Coverage;

/// <summary>What a date may be besides its weekday (rule 5).</summary>
internal enum DayStatus
{
    /// <summary>People work; also any day where the bands do not ask.</summary>
    Workday,

    /// <summary>People do not work.</summary>
    RestDay,

    /// <summary>The day before a public holiday that is not one itself.</summary>
    HolidayEve,

    /// <summary>A public holiday.</summary>
    PublicHoliday,
}
