using Microsoft.Extensions.Diagnostics.HealthChecks;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Metrics;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Ports;

namespace Parking.Api.Archive;

/// <summary>
/// Takes what changed over into the archive, once a second, while the service runs. Nothing waits for it: without its database the live
/// store remembers what is to be taken over.
/// </summary>
internal sealed partial class DrainService(
    ArchiveDrain drain, DrainState state, ParkingMetrics metrics, TimeProvider time, MachineTime machine, ILogger<DrainService> logger)
    : BackgroundService, IBackgroundWork
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastDistance = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly DrainPace _pace = new(machine.Provider);

    /// <summary>
    /// Takes over everything at once, without a pace. Without its database there is nothing to catch up with: what is pending stays in the
    /// live store.
    /// </summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (await DrainAsync(cancellationToken) is { DidSomething: true })
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await DrainAsync(stoppingToken) is { DidSomething: true } round)
                {
                    await _pace.WaitAsync(round, stoppingToken);
                }
            }
            catch (StoreUnavailableException)
            {
                // The health check and the sweep report it.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A defect here must not stop the service: gates do not need the archive.
                DrainFailed(logger, e);
            }
        }
    }

    private async Task<DrainResult> DrainAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var result = await drain.DrainAsync(cancellationToken);
            metrics.Archived(result.Timelines, result.Revisions);
            if (state.Note(true))
            {
                ArchiveBack(logger);
            }

            return result;
        }
        catch (BackOfficeUnavailableException e)
        {
            metrics.ArchiveFailed();
            if (state.Note(false))
            {
                ArchiveLost(logger, e.Message);
            }

            return default;
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(
        1041,
        LogLevel.Error,
        "The archive is out of reach; gates do not need it, and it catches up later: {Reason}",
        EventName = "ArchiveLost")]
    private static partial void ArchiveLost(ILogger logger, string reason);

    [LoggerMessage(1042, LogLevel.Information, "The archive is within reach again", EventName = "ArchiveBack")]
    private static partial void ArchiveBack(ILogger logger);

    [LoggerMessage(1043, LogLevel.Error, "The drain failed; the next tick tries again", EventName = "DrainFailed")]
    private static partial void DrainFailed(ILogger logger, Exception exception);
}

/// <summary>Whether the archive was within reach when it was last needed.</summary>
internal sealed class DrainState
{
    private int _isAway;

    public bool IsWithinReach => _isAway == 0;

    /// <returns>Whether this is news.</returns>
    public bool Note(bool isWithinReach)
    {
        var isAway = isWithinReach ? 0 : 1;
        return Interlocked.Exchange(ref _isAway, isAway) != isAway;
    }
}

/// <summary>
/// Tells whether the archive is within reach. The instance is ready for gates either way: an archive that is away is no reason to send
/// their requests elsewhere.
/// </summary>
internal sealed class ArchiveHealth(DrainState state) : IHealthCheck
{
    public const string Name = "archive";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(state.IsWithinReach
            ? "The archive answers."
            : "The archive is out of reach. Gates do not need it."));
}
