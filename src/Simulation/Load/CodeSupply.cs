using System.Threading.Channels;
using NodaTime.Extensions;
using Parking.Simulation.Phones;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Load;

/// <summary>
/// The drivers' phones. Each fetches its code some seconds before it is shown, so that no tap waits for it. The service spends the same
/// work on it as in operation.
/// </summary>
/// <param name="http">Calls the service.</param>
/// <param name="settings">Signs the drivers' tokens.</param>
/// <param name="schedule">The arrivals.</param>
/// <param name="seed">Part of the drivers' names.</param>
/// <param name="time">Waits.</param>
internal sealed class CodeSupply(HttpClient http, ServiceSettings settings, ArrivalSchedule schedule, long seed, TimeProvider time)
{
    private const int MostAtOnce = 32;

    private readonly Identities _people = new(settings, $"load-{seed}", time.ToClock());
    private readonly CitizenPhone?[] _phones = new CitizenPhone?[schedule.Drivers];

    /// <summary>How long before the arrival a driver's code is fetched.</summary>
    public static TimeSpan Ahead { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Starts fetching each arrival's code when it is due, and then passes on the arrival.</summary>
    /// <param name="length">The end of the arrivals.</param>
    /// <param name="clock">The load's time.</param>
    /// <param name="output">Receives the arrivals in order; completed after the last.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(
        TimeSpan length, LoadClock clock, ChannelWriter<(Arrival Arrival, Task<string> Code)> output, CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(MostAtOnce);
        try
        {
            foreach (var arrival in schedule.Until(length))
            {
                await clock.WaitUntilAsync(arrival.At - Ahead, cancellationToken);
                await slots.WaitAsync(cancellationToken);
                output.TryWrite((arrival, FetchAsync(arrival.Driver, slots, cancellationToken)));
            }
        }
        finally
        {
            output.Complete();
            // Wait until the fetches in progress, also the cancelled ones, have returned their slots.
            for (var slot = 0; slot < MostAtOnce; slot++)
            {
                await slots.WaitAsync(CancellationToken.None);
            }
        }
    }

    private async Task<string> FetchAsync(int driver, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        try
        {
            var phone = _phones[driver] ??= new CitizenPhone(http, $"driver {driver}", _people.CitizenToken(driver), time);
            return (await phone.FetchAsync(null, cancellationToken)).Code;
        }
        finally
        {
            slots.Release();
        }
    }
}
