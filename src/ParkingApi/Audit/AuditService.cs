using System.Runtime.ExceptionServices;
using NodaTime;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.BackOffice.Audit;
using Parking.BackOffice.Cases;
using Parking.BackOffice.Sql;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Audit;

/// <summary>
/// Enters what waits for the audit's database, once a second: commands to gates, and outcomes that could not be entered at once. Once a
/// minute it looks at all facilities, and signs the end of the chain if that was not done within the hour. Once an hour it erases what
/// should have been erased while the database was away, in the audit and in cases.
/// </summary>
internal sealed partial class AuditService(
    AuditChain chain,
    CaseBook cases,
    CommandChaining chaining,
    CommandBacklog backlog,
    AuditedActs acts,
    AuditHeads heads,
    CityDirectory city,
    IClock clock,
    TimeProvider time,
    ILogger<AuditService> logger)
    : BackgroundService, IBackgroundWork
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastDistance = TimeSpan.FromSeconds(1);
    private static readonly Duration WalkEvery = Duration.FromMinutes(1);
    private static readonly Duration SignEvery = Duration.FromHours(1), EraseEvery = Duration.FromHours(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Instant _walkedAt = Instant.MinValue;
    private Instant _erasedAt = Instant.MinValue;

    /// <summary>When this process signed last; before that it signs as soon as there is something new.</summary>
    private Instant _signedAt = Instant.MinValue;

    public Task CatchUpAsync(CancellationToken cancellationToken) => RunAsync(isAll: true, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(isAll: false, stoppingToken);
            }
            catch (StoreUnavailableException)
            {
                // The health check and the sweep report it.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A defect here must not stop the service: what waits stays where it is.
                Failed(logger, e);
            }
        }
    }

    /// <summary>One tick, or all that is pending whether it is due or not.</summary>
    internal async Task RunAsync(bool isAll, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetCurrentInstant();
            var isWalk = isAll || now - WalkEvery >= _walkedAt;
            if (isAll || now - EraseEvery >= _erasedAt)
            {
                await chain.EraseHiddenAsync();
                await cases.EraseHiddenAsync(cancellationToken);
                _erasedAt = now;
            }

            await acts.CatchUpAsync();
            var failure = await ChainAsync(
                isWalk ? [.. city.Facilities.Select(facility => facility.Id)] : backlog.TakeAll(), cancellationToken);
            _walkedAt = isWalk ? now : _walkedAt;
            if (isAll || (isWalk && now - SignEvery >= _signedAt))
            {
                _signedAt = await heads.SignAsync(cancellationToken) is null ? _signedAt : now;
            }

            failure?.Throw();
        }
        catch (BackOfficeUnavailableException)
        {
            // The drain of stays reports it. What waits is not lost.
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Enters what waits at facilities. One that fails, such as one on a shard that is out of reach, is tried again at the next tick, and
    /// keeps no other from the audit.
    /// </summary>
    /// <returns>The first failure; null if there was none.</returns>
    /// <exception cref="BackOfficeUnavailableException">The audit is out of reach; all of them are tried again.</exception>
    private async Task<ExceptionDispatchInfo?> ChainAsync(IReadOnlyList<FacilityId> facilities, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? first = null;
        for (var i = 0; i < facilities.Count; i++)
        {
            try
            {
                await chaining.ChainAsync(facilities[i], cancellationToken);
            }
            catch (Exception e) when (e is not (BackOfficeUnavailableException or OperationCanceledException))
            {
                backlog.Add(facilities[i]);
                first ??= ExceptionDispatchInfo.Capture(e);
            }
            catch
            {
                foreach (var left in facilities.Skip(i))
                {
                    backlog.Add(left);
                }

                throw;
            }
        }

        return first;
    }

    [LoggerMessage(9023, LogLevel.Error, "The audit could not be filled; the next tick tries again", EventName = "AuditFailed")]
    private static partial void Failed(ILogger logger, Exception exception);
}
