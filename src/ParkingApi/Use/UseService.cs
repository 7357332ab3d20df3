using Parking.Api.Hosting;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Use;

namespace Parking.Api.Use;

/// <summary>
/// Computes the days of facilities while the service runs. It is busy for a fifth of the time at most: what a day allocates must not make
/// the garbage collector stop scans more often, and the drain writes to the same database.
/// </summary>
internal sealed partial class UseService(UseRollup rollup, TimeProvider time, MachineTime machine, ILogger<UseService> logger)
    : BackgroundService, IBackgroundWork
{
    private const int RestFactor = 4;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastDistance = TimeSpan.FromSeconds(1);

    private bool _isAway;

    /// <summary>Computes everything at once. Without its database there is nothing to catch up with.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await rollup.ComputeAllAsync(isPatient: false, () => Task.CompletedTask, cancellationToken);
        }
        catch (BackOfficeUnavailableException)
        {
            // The drain reports it.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ComputeAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A defect here must not stop the service: gates do not need reports.
                UseFailed(logger, e);
            }
        }
    }

    private async Task ComputeAsync(CancellationToken cancellationToken)
    {
        var began = machine.Provider.GetTimestamp();
        try
        {
            await rollup.ComputeAllAsync(isPatient: true, RestAsync, cancellationToken);
            _isAway = false;
        }
        catch (BackOfficeUnavailableException e)
        {
            if (!_isAway)
            {
                UseLate(logger, e.Message);
            }

            _isAway = true;
        }

        async Task RestAsync()
        {
            await Task.Delay(machine.Provider.GetElapsedTime(began) * RestFactor, machine.Provider, cancellationToken);
            began = machine.Provider.GetTimestamp();
        }
    }

    [LoggerMessage(
        9040,
        LogLevel.Warning,
        "The days of facilities cannot be computed while the archive is out of reach; they are computed later: {Reason}",
        EventName = "UseLate")]
    private static partial void UseLate(ILogger logger, string reason);

    [LoggerMessage(9041, LogLevel.Error, "Computing the days of facilities failed; the next tick tries again", EventName = "UseFailed")]
    private static partial void UseFailed(ILogger logger, Exception exception);
}
