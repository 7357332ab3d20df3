using Parking.Api.Hosting;
using Parking.Ports;

namespace Parking.Api.Gates;

/// <summary>
/// Looks every two seconds how far the list of revoked certificates has come, whoever has added to it, so that heartbeats can say so
/// without asking the store each.
/// </summary>
internal sealed partial class RevocationWatch(IDeviceStore store, TimeProvider time, ILogger<RevocationWatch> logger)
    : BackgroundService, IBackgroundWork
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2), LeastDistance = TimeSpan.FromSeconds(1);

    private long _newest = Unknown;

    private const long Unknown = -1;

    /// <summary>The newest number; null until the first look.</summary>
    public long? Newest => Interlocked.Read(ref _newest) is >= 0 and var newest ? newest : null;

    public async Task CatchUpAsync(CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _newest, (await store.ReadRevocationsAsync(long.MaxValue, limit: 1)).Newest);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CatchUpAsync(stoppingToken);
            }
            catch (StoreUnavailableException)
            {
                // The health check reports it. Gates keep what they know.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LookFailed(logger, e);
            }
        }
    }

    [LoggerMessage(
        3008, LogLevel.Error, "Could not look at the list of revoked certificates; the next look tries again",
        EventName = "RevocationLookFailed")]
    private static partial void LookFailed(ILogger logger, Exception exception);
}
