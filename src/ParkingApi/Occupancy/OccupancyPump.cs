using Microsoft.AspNetCore.SignalR;

namespace Parking.Api.Occupancy;

/// <summary>
/// Announces changes of occupancy: eight times a second those of facilities where something happened here, once a second those of
/// all facilities, which brings in what happened through other instances.
/// </summary>
internal sealed partial class OccupancyPump(
    OccupancyBoard board, IHubContext<OccupancyHub, IOccupancyClient> hub, TimeProvider time, ILogger<OccupancyPump> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(125);

    /// <summary>A tick that comes late is followed by the next one early. It is passed over, so that no second has more than ten.</summary>
    private static readonly TimeSpan LeastDistance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SlowClientPatience = TimeSpan.FromSeconds(1);
    private const int TicksPerFullRefresh = 8;

    /// <summary>Orders messages to a client: whoever holds it starts its sends, in order, before letting go.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Subscribes a connection, such that the snapshot comes first and every later change after it.</summary>
    public async Task SubscribeAsync(string connection, OccupancyScope scope, IOccupancyClient client, CancellationToken cancellationToken)
    {
        Task sent;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            sent = client.Snapshot(new(scope.Name, [.. board.StatesOf(scope.Facilities).Select(Message)]));
            await hub.Groups.AddToGroupAsync(connection, scope.Name, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }

        // A client that reads slowly waits for its own snapshot; the others do not.
        await sent;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var last = time.GetTimestamp() - time.TimestampFrequency;
        for (var tick = 0L; await timer.WaitForNextTickAsync(stoppingToken);)
        {
            if (time.GetElapsedTime(last) >= LeastDistance)
            {
                last = time.GetTimestamp();
                await TickAsync(all: tick++ % TicksPerFullRefresh == 0, stoppingToken);
            }
        }
    }

    private async Task TickAsync(bool all, CancellationToken cancellationToken)
    {
        try
        {
            var changes = await board.RefreshAsync(all);
            if (changes.Count > 0)
            {
                await AnnounceAsync(changes, cancellationToken);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Screens are not worth a service that ends; the next tick tries again.
            TickFailed(logger, e);
        }
    }

    [LoggerMessage(5001, LogLevel.Error, "Occupancy could not be announced", EventName = "OccupancyTickFailed")]
    private static partial void TickFailed(ILogger logger, Exception exception);

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    private async Task AnnounceAsync(IReadOnlyList<OccupancyState> changes, CancellationToken cancellationToken)
    {
        Task sent;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            sent = Task.WhenAll(changes.Select(change => hub.Clients.Groups(OccupancyScope.NamesFor(change.Facility)).Changed(Message(change))));
        }
        finally
        {
            _turn.Release();
        }

        // SignalR cuts off a client that does not read for long; until then it may not keep the others waiting.
        await Task.WhenAny(sent, Task.Delay(SlowClientPatience, time, cancellationToken));
    }

    private static OccupancyMessage Message(OccupancyState state) =>
        new(state.Facility.Id.Value, state.Sequence, state.Occupied, state.Facility.Capacity, state.AsOf);
}
