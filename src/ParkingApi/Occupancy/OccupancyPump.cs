using Microsoft.AspNetCore.SignalR;
using Parking.Api.Hosting;
using Parking.Contracts;
using Parking.Facilities;

namespace Parking.Api.Occupancy;

/// <summary>
/// Announces changes of occupancy and gates, eight times a second: those of facilities where something happened here, and those that
/// <see cref="FacilityLookout"/> has seen anywhere in the city.
/// </summary>
internal sealed partial class OccupancyPump(
    OccupancyBoard board, FacilityLookout lookout, IHubContext<OccupancyHub, IOccupancyClient> hub, TimeProvider time, ILogger<OccupancyPump> logger)
    : BackgroundService, IBackgroundWork
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(125);

    /// <summary>A tick that comes late is followed by the next one early. It is passed over, so that no second has more than ten.</summary>
    private static readonly TimeSpan LeastDistance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SlowClientPatience = TimeSpan.FromSeconds(1);

    /// <summary>Orders messages to a client: whoever holds it starts its sends, in order, before letting go.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The board is counted by one at a time.</summary>
    private readonly SemaphoreSlim _counting = new(1);

    /// <summary>Subscribes a connection, such that the snapshot comes first and every later change after it.</summary>
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

        // A client that reads slowly waits for its own snapshot; the others do not.
        await sent;
    }

    public Task CatchUpAsync(CancellationToken cancellationToken) => TickAsync(cancellationToken);

    /// <summary>Screens have figures from their first snapshot on.</summary>
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
            await AnnounceAsync(lookout.Latest is { } city ? board.Take(city) : BoardChanges.None, cancellationToken);
            await AnnounceAsync(await board.RefreshAsync(), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Screens are not worth a service that ends; the next tick tries again.
            TickFailed(logger, e);
        }
        finally
        {
            _counting.Release();
        }
    }

    [LoggerMessage(5001, LogLevel.Error, "Occupancy could not be announced", EventName = "OccupancyTickFailed")]
    private static partial void TickFailed(ILogger logger, Exception exception);

    public override void Dispose()
    {
        _turn.Dispose();
        _counting.Dispose();
        base.Dispose();
    }

    private async Task AnnounceAsync(BoardChanges changes, CancellationToken cancellationToken)
    {
        if (changes.AreNone)
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
            ]);
        }
        finally
        {
            _turn.Release();
        }

        // SignalR cuts off a client that does not read for long; until then it may not keep the others waiting. The network's time is the machine's,
        // also where the service's stands still.
        await Task.WhenAny(sent, Task.Delay(SlowClientPatience, cancellationToken));
    }

    private IOccupancyClient ScreensOf(Facility facility) => hub.Clients.Groups(OccupancyScope.NamesFor(facility));
}
