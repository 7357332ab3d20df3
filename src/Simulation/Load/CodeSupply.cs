using System.Threading.Channels;
using NodaTime.Extensions;
using Parking.Simulation.Phones;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Load;

/// <summary>
/// The drivers' phones: each fetches its code some seconds before it is shown, so that no tap waits for that. What it costs the service, it
/// costs.
/// </summary>
/// <param name="http">Reaches the service.</param>
/// <param name="settings">Signs the drivers' tokens.</param>
/// <param name="schedule">Who comes when.</param>
/// <param name="seed">Part of the drivers' names.</param>
/// <param name="time">Waits.</param>
internal sealed class CodeSupply(HttpClient http, ServiceSettings settings, ArrivalSchedule schedule, long seed, TimeProvider time)
{
    private const int MostAtOnce = 32;

    private readonly Identities _people = new(settings, $"load-{seed}", time.ToClock());
    private readonly CitizenPhone?[] _phones = new CitizenPhone?[schedule.Drivers];

    /// <summary>How long before its arrival a driver's code is fetched.</summary>
    public static TimeSpan Ahead { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Hands out each arrival, with its code on the way, when its code is fetched.</summary>
    /// <param name="length">Until when drivers arrive.</param>
    /// <param name="clock">When the beginning is.</param>
    /// <param name="output">Given the arrivals in order; completed after the last.</param>
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
            // Those who are still fetching, or end because they are told to, give their slots back first.
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
