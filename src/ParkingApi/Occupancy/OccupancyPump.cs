using Microsoft.AspNetCore.SignalR;
using Parking.Api.Hosting;
using Parking.Contracts;
using Parking.Facilities;

namespace Parking.Api.Occupancy;

/// <summary>
/// Announces changes of occupancy and gates, eight times a second: those of facilities with events at this instance, and those that
/// <see cref="FacilityLookout"/> has found in the whole city. Then announces what gates have decided through this instance.
/// </summary>
internal sealed partial class OccupancyPump(
    OccupancyBoard board,
    FacilityLookout lookout,
    DecisionFeed decisions,
    IHubContext<OccupancyHub, IOccupancyClient> hub,
    TimeProvider time,
    ILogger<OccupancyPump> logger)
    : BackgroundService, IBackgroundWork
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(125);

    /// <summary>A late tick is followed early by the next one. That one is skipped, so that there are at most ten in a second.</summary>
    private static readonly TimeSpan LeastDistance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SlowClientPatience = TimeSpan.FromSeconds(1);

    /// <summary>Keeps messages to a client in order: its holder starts all its sends before it releases this.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Lets only one tick at a time read the board.</summary>
    private readonly SemaphoreSlim _counting = new(1);

    /// <summary>Subscribes a connection: the snapshot arrives first, then every later change.</summary>
    public async Task SubscribeAsync(string connection, OccupancyScope scope, IOccupancyClient client, CancellationToken cancellationToken)
    {
        Task sent;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            sent = client.Snapshot(new(
                scope.Name,
                [.. board.StatesOf(scope.Facilities).Select(state => state.ToMessage())],
                [.. board.GatesOf(scope.Facilities).Select(state => state.ToMessage())]));
            await hub.Groups.AddToGroupAsync(connection, scope.Name, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }

        // Only the client that reads slowly waits for its snapshot, not the others.
        await sent;
    }

    public Task CatchUpAsync(CancellationToken cancellationToken) => TickAsync(cancellationToken);

    /// <summary>Runs the first tick before the first request, so that the first snapshot already has figures.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TickAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TickAsync(stoppingToken);
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        await _counting.WaitAsync(cancellationToken);
        try
        {
            await AnnounceAsync(lookout.Latest is { } city ? board.Take(city) : BoardChanges.None, DecisionFeed.None, cancellationToken);
            await AnnounceAsync(await board.RefreshAsync(), decisions.Take(), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A failure to update screens must not stop the service; the next tick tries again.
            TickFailed(logger, e);
        }
        finally
        {
            _counting.Release();
        }
    }

    [LoggerMessage(5001, LogLevel.Error, "Could not announce the occupancy; the next tick tries again", EventName = "OccupancyTickFailed")]
    private static partial void TickFailed(ILogger logger, Exception exception);

    public override void Dispose()
    {
        _turn.Dispose();
        _counting.Dispose();
        base.Dispose();
    }

    private async Task AnnounceAsync(
        BoardChanges changes, IReadOnlyDictionary<string, Queue<DecisionMessage>> decided, CancellationToken cancellationToken)
    {
        if (changes.AreNone && decided.Count == 0)
        {
            return;
        }

        Task sent;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            sent = Task.WhenAll(
            [
                .. changes.Facilities.Select(change => ScreensOf(change.Facility).Changed(change.ToMessage())),
                .. changes.Gates.Select(change => ScreensOf(change.View.Gate.Facility).GateChanged(change.ToMessage())),
                .. decided.Select(scope => hub.Clients.Group(scope.Key).Decided([.. scope.Value])),
            ]);
        }
        finally
        {
            _turn.Release();
        }

        // SignalR disconnects a client that does not read for long; until then it must not delay the others. This delay is in machine time,
        // also where virtual time stands still.
        await Task.WhenAny(sent, Task.Delay(SlowClientPatience, cancellationToken));
    }

    private IOccupancyClient ScreensOf(Facility facility) => hub.Clients.Groups(OccupancyScope.NamesFor(facility));
}
