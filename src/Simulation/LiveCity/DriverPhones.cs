using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;
using Parking.Codes.Devices;
using Parking.Optics;
using Parking.Simulation.Clients;
using Parking.Simulation.Phones;
using Parking.Simulation.Settings;

namespace Parking.Simulation.LiveCity;

/// <summary>
/// The phones of the living city's drivers. One driver of three has linked a phone that has no network in a car park, and shows codes that
/// it signs itself, at entries and at exits. The others fetch their codes from the service.
/// </summary>
/// <param name="http">Reaches the service.</param>
/// <param name="identities">Signs the drivers' tokens.</param>
/// <param name="seed">Settles which drivers these are.</param>
/// <param name="time">The phones' clock.</param>
internal sealed class DriverPhones(HttpClient http, Identities identities, long seed, TimeProvider time)
{
    private const double ShareWithoutNetwork = 1.0 / 3;

    /// <summary>A stay has two passages, and the last certificate is not given away.</summary>
    private const int LeastStock = 3;

    private readonly IClock _clock = time.ToClock();
    private readonly ConcurrentDictionary<int, LinkedPhone> _linked = new();

    /// <summary>Whether a driver's phone has no network at a gate.</summary>
    public bool IsWithoutNetwork(int driver) => new SeededRandom(seed, "phones without a network", driver).Chance(ShareWithoutNetwork);

    /// <summary>
    /// While there still is a network: links a phone at its first time, and fills up its certificates when they go to an end.
    /// </summary>
    /// <exception cref="ServiceRefusedException">The service refused it, and the phone can make no code.</exception>
    public async Task PrepareAsync(int driver, CancellationToken cancellationToken)
    {
        if (!IsWithoutNetwork(driver))
        {
            return;
        }
        if (!_linked.TryGetValue(driver, out var phone))
        {
            phone = new LinkedPhone(http, $"driver {driver}", time, time);
            await phone.LinkAsync(identities.CitizenToken(driver), cancellationToken);
            _linked[driver] = phone;
        }
        if (phone.StockOf(plate: null) < LeastStock)
        {
            await RestockAsync(phone, cancellationToken);
        }
    }

    /// <summary>A fresh code on the driver's screen.</summary>
    /// <exception cref="ServiceRefusedException">The service issued none.</exception>
    /// <exception cref="InvalidOperationException">The phone has no network, and was not prepared.</exception>
    public async Task<ShownCode> FetchAsync(int driver, CancellationToken cancellationToken)
    {
        if (IsWithoutNetwork(driver))
        {
            var phone = _linked.GetValueOrDefault(driver) ?? throw new InvalidOperationException($"driver {driver} has no linked phone.");
            return new ShownCode(phone.Mint(plate: null).Text, _clock.GetCurrentInstant() + DeviceCodeFormat.Life);
        }

        // A token lives for an hour, and the city for as long as somebody looks at it: each look at the phone has a fresh one.
        var code = await new CitizenPhone(http, $"driver {driver}", identities.CitizenToken(driver), time)
            .FetchAsync(plate: null, cancellationToken);
        return new ShownCode(code.Code, code.ExpiresAt);
    }

    /// <summary>A barrier has opened for the driver's code: a phone without a network takes another certificate next.</summary>
    public void MarkUsed(int driver) => _linked.GetValueOrDefault(driver)?.MarkUsed(plate: null);

    /// <summary>A phone that gets no more certificates shows its last one again, as a real one does.</summary>
    private static async Task RestockAsync(LinkedPhone phone, CancellationToken cancellationToken)
    {
        try
        {
            await phone.RestockAsync(plate: null, cancellationToken);
        }
        catch (ServiceRefusedException) when (phone.StockOf(plate: null) > 0)
        {
            // For example 409 too-many-certificates, after some hundred stays within a week.
        }
    }
}

/// <summary>A code on a driver's screen.</summary>
/// <param name="Text">What the symbol says. A secret.</param>
/// <param name="ExpiresAt">When it expires.</param>
internal sealed record ShownCode(string Text, Instant ExpiresAt)
{
    public override string ToString() => $"code until {ExpiresAt}";
}
