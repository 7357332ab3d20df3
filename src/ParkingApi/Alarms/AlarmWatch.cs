using NodaTime;
using Parking.Alarms;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Health;
using Parking.Api.Occupancy;
using Parking.Api.Tariffs;
using Parking.Facilities;

namespace Parking.Api.Alarms;

/// <summary>
/// Judges once a second what this instance sees, raises alarms and lets them return, and tells screens. What happens is stored beside that:
/// alarms are raised and told without their database, too.
/// </summary>
internal sealed partial class AlarmWatch(
    FacilityLookout lookout,
    StoreWatch store,
    AlarmBook book,
    CityConditions conditions,
    GateMishaps mishaps,
    AlarmKeeper keeper,
    AlarmFeed feed,
    CityDirectory city,
    IClock clock,
    TimeProvider time,
    ILogger<AlarmWatch> logger)
    : BackgroundService, IBackgroundWork
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastDistance = TimeSpan.FromMilliseconds(900);
    private static readonly Duration CalendarsEvery = Duration.FromMinutes(1);

    private readonly Lock _judging = new();

    /// <summary>What was read of the book later is told later.</summary>
    private readonly Lock _telling = new();
    private readonly AlarmDelays _delays = new();
    private IReadOnlyList<AlarmCause> _calendars = [];
    private Instant _calendarsReadAt = Instant.MinValue;

    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (!keeper.HasTried)
        {
            await keeper.KeepAsync(cancellationToken);
        }

        Judge();
        await keeper.KeepAsync(cancellationToken);
        Tell();
    }

    /// <summary>Tells screens how alarms are now.</summary>
    public void Tell()
    {
        lock (_telling)
        {
            var now = clock.GetCurrentInstant();
            feed.Note(
            [
                .. book.Told(now).Where(alarm => alarm.StateAt(now) != AlarmState.Normal || feed.Has(alarm.Cause.ToString()))
                    .Select(alarm => new FedAlarm(alarm.ToMessage(city, now), alarm.Cause.FacilityIn(city))),
            ]);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        var keeping = Task.CompletedTask;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                TryLook();

                // The database may take its time. Nobody waits for it.
                if (keeping.IsCompleted)
                {
                    keeping = TryKeepAsync(stoppingToken);
                }
            }
        }
        finally
        {
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <remarks>A defect in here must not stop the service: the next tick tries again.</remarks>
    private void TryLook()
    {
        try
        {
            if (keeper.HasTried)
            {
                Judge();
                Tell();
            }
        }
        catch (Exception e)
        {
            WatchFailed(logger, e);
        }
    }

    private async Task TryKeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keeper.KeepAsync(cancellationToken);
            Tell();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            WatchFailed(logger, e);
        }
    }

    /// <remarks>
    /// An instance whose clock is wrong keeps quiet: every gate would seem silent to it, and what it let return in the future could not be
    /// raised by anybody until then.
    /// </remarks>
    private void Judge()
    {
        if (!store.IsClockRight)
        {
            return;
        }

        lock (_judging)
        {
            var now = clock.GetCurrentInstant();
            foreach (var step in _delays.StepsFor(Look(now), book, now).Where(book.Take))
            {
                Log(step);
            }
        }
    }

    private AlarmConditions Look(Instant now)
    {
        var look = new AlarmConditions();
        foreach (var cause in mishaps.Take().Concat(CalendarsAt(now)).Concat(keeper.Stays ?? []))
        {
            look.Add(cause);
        }

        if (keeper.Stays is null)
        {
            look.CannotKnow(AlarmKind.ConflictingStays, AlarmKind.LongStays);
        }

        if (!keeper.IsWithinReach)
        {
            look.Add(new(AlarmKind.BackOfficeUnreachable));
        }

        if (lookout.Latest is { } view)
        {
            // A store that can be read and not written hears no gate, either.
            conditions.Judge(store.IsFit ? view : view with { Facilities = null }, look);
        }

        return look;
    }

    private IReadOnlyList<AlarmCause> CalendarsAt(Instant now)
    {
        if (now - _calendarsReadAt >= CalendarsEvery)
        {
            _calendars = [.. CalendarWatch.EndingSoon(city, now).Select(ends => new AlarmCause(AlarmKind.CalendarEnds, ends.Key.Id))];
            _calendarsReadAt = now;
        }

        return _calendars;
    }

    private void Log(AlarmStep step)
    {
        switch (step)
        {
            case AlarmRaised:
                Raised(logger, step.Cause.Rule.Priority, step.Cause);
                break;
            case AlarmReturned:
                Returned(logger, step.Cause);
                break;
            case AlarmShelvingEnded:
                ShelvingEnded(logger, step.Cause);
                break;
        }
    }

    [LoggerMessage(9030, LogLevel.Warning, "{Priority} alarm: {Alarm}", EventName = "AlarmRaised")]
    private static partial void Raised(ILogger logger, AlarmPriority priority, AlarmCause alarm);

    [LoggerMessage(9031, LogLevel.Information, "The condition of alarm {Alarm} has ended", EventName = "AlarmReturned")]
    private static partial void Returned(ILogger logger, AlarmCause alarm);

    [LoggerMessage(9035, LogLevel.Information, "Alarm {Alarm} is no longer shelved: its time is over", EventName = "AlarmShelvingEnded")]
    private static partial void ShelvingEnded(ILogger logger, AlarmCause alarm);

    [LoggerMessage(9036, LogLevel.Error, "The watch for alarms failed; the next tick tries again", EventName = "AlarmWatchFailed")]
    private static partial void WatchFailed(ILogger logger, Exception exception);
}
