using NodaTime;
using NodaTime.Text;
using Parking.Facilities;
using Parking.Tariffs;
using Parking.Tariffs.Calendars;

namespace Parking.Api.Tariffs;

/// <summary>
/// Warns at the start and once a day of holiday calendars that end soon: after its end a calendar has no holidays, and only drivers on a
/// holiday would notice.
/// </summary>
internal sealed partial class CalendarWatch(
    CityDirectory city, IClock clock, TimeProvider timeProvider, ILogger<CalendarWatch> logger)
    : BackgroundService
{
    /// <summary>How long before its end a calendar is reported. China publishes the holidays of a year in the November before.</summary>
    private const int DaysAhead = 60;

    private readonly PeriodicTimer _timer = new(TimeSpan.FromDays(1), timeProvider);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Warn();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken))
            {
                Warn();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    /// <summary>The calendars that end soon, or have ended, each with the tariffs that name it.</summary>
    public static IEnumerable<IGrouping<HolidayCalendar, Tariff>> EndingSoon(CityDirectory city, Instant now) => TariffSetup.TariffsOf(city)
        .Where(tariff => tariff.HolidayCalendar is not null)
        .GroupBy(tariff => tariff.HolidayCalendar!)
        .Where(tariffs => tariffs.Key.Covered.End < now.InZone(tariffs.First().TimeZone).Date.PlusDays(DaysAhead));

    private void Warn()
    {
        foreach (var tariffs in EndingSoon(city, clock.GetCurrentInstant()))
        {
            var end = LocalDatePattern.Iso.Format(tariffs.Key.Covered.End);
            LogCalendarEnds(tariffs.Key.Id, end, string.Join(", ", tariffs.Select(tariff => tariff.Id)));
        }
    }

    [LoggerMessage(
        EventId = 7001,
        EventName = "HolidayCalendarEnds",
        Level = LogLevel.Warning,
        Message = "The holiday calendar {Calendar} ends on {End}; after it the tariffs {Tariffs} know no holidays. "
            + "Name a newer one in holidayCalendars of the city file")]
    private partial void LogCalendarEnds(string calendar, string end, string tariffs);
}
