using Microsoft.AspNetCore.SignalR;
using Parking.Api.Hosting;
using Parking.Contracts;

namespace Parking.Api.Occupancy;

/// <summary>
/// Announces changes of occupancy, gates, commands and alarms, eight times a second: those of facilities with events at this instance, and
/// those that <see cref="FacilityLookout"/> has found in the whole city. Then announces what gates have decided through this instance.
/// </summary>
internal sealed partial class OccupancyPump(
    OccupancyBoard board,
    CommandBoard commands,
    OccupancyUpdates updates,
    FacilityLookout lookout,
    DecisionFeed decisions,
    AlarmFeed alarms,
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
            sent = client.Snapshot(updates.AllOf(scope));
            await hub.Groups.AddToGroupAsync(connection, scope.Name, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }

        // Only the client that reads slowly waits for its snapshot, not the others.
        await sent;
    }

    /// <summary>Also waits until screens have their messages, as far as they read: this delay is in machine time.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken) =>
        await Task.WhenAny(await TickAsync(cancellationToken), Task.Delay(SlowClientPatience, cancellationToken));

    /// <summary>Runs the first tick before the first request, so that the first snapshot already has figures.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _ = await TickAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Nobody waits for a screen that reads slowly: OccupancyScreens ends it.
            _ = await TickAsync(stoppingToken);
        }
    }

    /// <returns>Ends when the messages have been sent.</returns>
    private async Task<Task> TickAsync(CancellationToken cancellationToken)
    {
        await _counting.WaitAsync(cancellationToken);
        try
        {
            var changes = await board.RefreshAsync();
            if (lookout.Latest is { } city)
            {
                changes = changes.Then(board.Take(city));
            }

            return await AnnounceAsync(changes, await commands.RefreshAsync(), decisions.Take(), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A failure to update screens must not stop the service; the next tick tries again.
            TickFailed(logger, e);
            return Task.CompletedTask;
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

    private async Task<Task> AnnounceAsync(
        BoardChanges changes,
        IReadOnlyList<ShownCommand> commanded,
        IReadOnlyDictionary<string, Queue<DecisionMessage>> decided,
        CancellationToken cancellationToken)
    {
        if (changes.AreNone && commanded.Count == 0 && decided.Count == 0 && !alarms.HasNews)
        {
            return Task.CompletedTask;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return Task.WhenAll(
            [
                .. updates.Of(changes, commanded).Select(update => hub.Clients.Group(update.Scope).Changed(update)),
                .. decided.Select(scope => hub.Clients.Group(scope.Key).Decided([.. scope.Value])),
            ]);
        }
        finally
        {
            _turn.Release();
        }
    }
}
