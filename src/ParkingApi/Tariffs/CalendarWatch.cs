using NodaTime;
using NodaTime.Text;
using Parking.Facilities;

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

    private void Warn()
    {
        var ofCalendars = TariffSetup.TariffsOf(city)
            .Where(tariff => tariff.HolidayCalendar is not null)
            .GroupBy(tariff => tariff.HolidayCalendar!);
        foreach (var tariffs in ofCalendars)
        {
            var today = clock.GetCurrentInstant().InZone(tariffs.First().TimeZone).Date;
            if (tariffs.Key.Covered.End < today.PlusDays(DaysAhead))
            {
                var end = LocalDatePattern.Iso.Format(tariffs.Key.Covered.End);
                LogCalendarEnds(tariffs.Key.Id, end, string.Join(", ", tariffs.Select(tariff => tariff.Id)));
            }
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
