using Parking.Api.Hosting;

namespace Parking.Api.Simulation;

/// <summary>Moves virtual time along with the machine's, from the moment in which it is released.</summary>
internal sealed class RunningClock(SimulationClock clock, MachineTime machine) : BackgroundService
{
    /// <summary>Timers of the service are late by this much at most. No rule of it needs less.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await clock.Released.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Period, machine.Provider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            clock.Follow();
        }
    }
}
