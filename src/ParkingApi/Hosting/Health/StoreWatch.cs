using Parking.Ports;

namespace Parking.Api.Hosting.Health;

/// <summary>
/// Probes the store every second, so that the service notices soon what it has lost, and knows until when it kept everything.
/// </summary>
internal sealed partial class StoreWatch(
    IStoreHealth health, ClockComparison clocks, TimeProvider time, ILogger<StoreWatch> logger)
    : BackgroundService, IBackgroundWork
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastDistance = TimeSpan.FromMilliseconds(500);

    private string? _epoch;
    private volatile bool _isFit = true, _isClockRight = true;

    /// <summary>Whether the last probe found that the store can be read and written.</summary>
    public bool IsFit => _isFit;

    /// <summary>Whether this instance's clock agreed with the store's when they were last compared.</summary>
    public bool IsClockRight => _isClockRight;

    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await health.ProbeAsync(cancellationToken);
            _isFit = true;
            _isClockRight = await clocks.AgreeAsync(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            _isFit = false;
            throw;
        }

        var life = await health.LifeAsync();
        if (Interlocked.Exchange(ref _epoch, life.Epoch) is { } before && before != life.Epoch)
        {
            EpochBegan(logger, life.Epoch, life.ResendFrom(before).ToString());
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        do
        {
            try
            {
                await CatchUpAsync(stoppingToken);
            }
            catch (StoreUnavailableException)
            {
                // The health check and the sweep report it.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                ProbeFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(
        1030,
        LogLevel.Warning,
        "The store was started anew, restored or emptied: epoch {Epoch} begins, gates send again what was acknowledged since {ResendFrom}",
        EventName = "EpochBegan")]
    private static partial void EpochBegan(ILogger logger, string epoch, string resendFrom);

    [LoggerMessage(1031, LogLevel.Error, "The probe of the store failed; the next one tries again", EventName = "StoreProbeFailed")]
    private static partial void ProbeFailed(ILogger logger, Exception exception);
}
