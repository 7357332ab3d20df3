using Parking.Simulation.Phones;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Settings;

namespace Parking.Simulation.LiveCity.Past;

/// <summary>
/// The drivers and operators of the past hour. Their requests are stamped with virtual time, their tokens with the machine's.
/// </summary>
/// <param name="http">Has the service's address, and stamps its requests.</param>
/// <param name="identities">Sign tokens.</param>
/// <param name="now">Virtual time.</param>
/// <param name="time">Waits when the service asks for it.</param>
internal sealed class PastPeople(HttpClient http, Identities identities, VirtualTime now, TimeProvider time)
{
    public PastOperators Operators { get; } = new(http, identities, now, time);

    /// <summary>A fresh code on a driver's phone.</summary>
    /// <exception cref="Clients.ServiceRefusedException">The service issued none.</exception>
    public async Task<string> FetchAsync(int driver, CancellationToken cancellationToken) =>
        (await new CitizenPhone(http, $"driver {driver}", identities.CitizenToken(driver), time)
            .FetchAsync(plate: null, cancellationToken)).Code;
}
