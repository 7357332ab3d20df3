using NodaTime;

namespace Parking.Tariffs.Documents;

/// <summary>
/// Collects the days of a calendar that is being read. Each date appears at most once, and only if it differs from an ordinary week.
/// </summary>
internal sealed class CalendarDays
{
    private readonly Dictionary<LocalDate, string> _taken = [];

    public Dictionary<LocalDate, LocalizedText> PublicHolidays { get; } = [];

    public List<LocalDate> DaysOff { get; } = [];

    public List<LocalDate> WorkedDays { get; } = [];

    public void AddPublicHoliday(LocalDate date, LocalizedText name, DocumentNode at)
    {
        if (IsFree(date, at))
        {
            PublicHolidays.Add(date, name);
        }
    }

    public void AddDayOff(LocalDate date, DocumentNode at)
    {
        if (IsWeekend(date))
        {
            at.Reject($"{DateText.Format(date)} is a {date.DayOfWeek}, and off anyway", "the days off from Monday to Friday only");
        }
        else if (IsFree(date, at))
        {
            DaysOff.Add(date);
        }
    }

    public void AddWorkedDay(LocalDate date, DocumentNode at)
    {
        if (!IsWeekend(date))
        {
            at.Reject($"{DateText.Format(date)} is a {date.DayOfWeek}, and worked anyway", "the worked Saturdays and Sundays only");
        }
        else if (IsFree(date, at))
        {
            WorkedDays.Add(date);
        }
    }

    private static bool IsWeekend(LocalDate date) => date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    private bool IsFree(LocalDate date, DocumentNode at)
    {
        if (_taken.TryAdd(date, at.Path))
        {
            return true;
        }

        at.Reject($"{DateText.Format(date)} stands at {_taken[date]} already", "each date once");
        return false;
    }
}
