using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using NodaTime;
using Parking.Contracts;

namespace Parking.Api.Occupancy;

/// <summary>
/// The screens that are connected to this instance. Tells each of them once a second how old the figures are, and ends the connection of
/// one that reads so slowly that this has not reached it for ten seconds: messages would pile up for it, and what it shows is old. It
/// connects again and begins with a snapshot.
/// </summary>
/// <remarks>Connections live in machine time, also where the service's time is virtual.</remarks>
internal sealed class OccupancyScreens(OccupancyBoard board, IHubContext<OccupancyHub, IOccupancyClient> hub, IClock clock)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1), SendLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Screen> _screens = new();

    public void Add(HubCallerContext connection) => _screens[connection.ConnectionId] = new(connection);

    public void Remove(string connection) => _screens.TryRemove(connection, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var tick = new OccupancyTick(Math.Max(0, (long)(clock.GetCurrentInstant() - board.ReadAt).TotalMilliseconds));
            foreach (var screen in _screens.Values)
            {
                screen.Tell(hub.Clients, tick);
            }
        }
    }

    private sealed class Screen(HubCallerContext connection)
    {
        private Task _sending = Task.CompletedTask;
        private long _since;

        /// <summary>A message waits behind all earlier ones of its connection.</summary>
        public void Tell(IHubClients<IOccupancyClient> clients, OccupancyTick tick)
        {
            if (_sending.IsCompleted)
            {
                _since = Stopwatch.GetTimestamp();
                _sending = clients.Client(connection.ConnectionId).Tick(tick);
            }
            else if (Stopwatch.GetElapsedTime(_since) > SendLimit)
            {
                connection.Abort();
            }
        }
    }
}
