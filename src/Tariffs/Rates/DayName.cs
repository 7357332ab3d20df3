namespace Parking.Tariffs.Rates;

/// <summary>The day names of a tariff (rule 5).</summary>
public enum DayName
{
    /// <summary>Monday.</summary>
    Mon = 1,

    /// <summary>Tuesday.</summary>
    Tue = 2,

    /// <summary>Wednesday.</summary>
    Wed = 3,

    /// <summary>Thursday.</summary>
    Thu = 4,

    /// <summary>Friday.</summary>
    Fri = 5,

    /// <summary>Saturday.</summary>
    Sat = 6,

    /// <summary>Sunday.</summary>
    Sun = 7,

    /// <summary>A workday by the holiday calendar.</summary>
    Workday,

    /// <summary>A day off by the holiday calendar.</summary>
    RestDay,

    /// <summary>A public holiday by the holiday calendar.</summary>
    PublicHoliday,

    /// <summary>The day before a public holiday that is not itself a public holiday.</summary>
    HolidayEve,
}
