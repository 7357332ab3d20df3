using NodaTime;
using Parking.Admission;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Metrics;
using Parking.Ports;

namespace Parking.Api.Gates;

/// <summary>Runs the sweep every two seconds, and the store's garbage collection once a day, while the service runs.</summary>
internal sealed partial class SweepService(
    StaySweep sweep,
    IJournalStore journals,
    ICommandStore commands,
    ParkingMetrics metrics,
    TimeProvider time,
    ILogger<SweepService> logger)
    : BackgroundService, IBackgroundWork
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly Duration CollectionPeriod = Duration.FromDays(1);

    private static readonly TimeSpan LeastDistance = TimeSpan.FromSeconds(1);

    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (await sweep.SweepAsync(Duration.Zero, cancellationToken) != default)
        {
            // The repairs of one pass may give the next pass something to do.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        var clock = NodaTime.Extensions.TimeProviderExtensions.ToClock(time);
        var collected = Instant.MinValue;
        var reachable = true;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var result = await sweep.SweepAsync(stoppingToken);
                if (result != default)
                {
                    Swept(logger, result.Completed, result.Abandoned, result.Mended.Restored, result.Mended.GivenBack);
                    metrics.Swept("completed", result.Completed);
                    metrics.Swept("abandoned", result.Abandoned);
                    metrics.Swept("restored", result.Mended.Restored);
                    metrics.Swept("released", result.Mended.GivenBack);
                }

                var now = clock.GetCurrentInstant();
                if (collected == Instant.MinValue || now - collected >= CollectionPeriod)
                {
                    await journals.ForgetAnswersAsync(now - IJournalStore.AnswerRetention);
                    await commands.ForgetCommandsAsync(now - ICommandStore.Retention);
                    await sweep.TrimAsync(stoppingToken);
                    collected = now;
                }

                reachable = true;
            }
            catch (StoreUnavailableException) when (!reachable)
            {
                // Logged once when it began; the health check keeps reporting it.
            }
            catch (StoreUnavailableException e)
            {
                reachable = false;
                metrics.StoreFailed();
                StoreLost(logger, e.Message);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A bug in the sweep must not stop the service: scans are decided without it.
                SweepFailed(logger, e);
            }
        }
    }

    [LoggerMessage(
        4001,
        LogLevel.Warning,
        "The sweep made repairs: {Completed} scans completed, {Abandoned} abandoned, {Restored} spaces restored, {GivenBack} released",
        EventName = "Swept")]
    private static partial void Swept(ILogger logger, int completed, int abandoned, int restored, int givenBack);

    [LoggerMessage(4004, LogLevel.Error, "The sweep failed; the next tick tries again", EventName = "SweepFailed")]
    private static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(4002, LogLevel.Error, "The sweep waits for the store: {Reason}", EventName = "SweepStoreLost")]
    private static partial void StoreLost(ILogger logger, string reason);
}
