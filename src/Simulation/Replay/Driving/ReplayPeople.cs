using NodaTime;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Replay.Driving;

/// <summary>The drivers of a trace as citizens of the service, and the operator who reads the books.</summary>
/// <param name="jwt">The key that signs their tokens.</param>
/// <param name="clock">Gives the tokens' times: real time, whatever the simulation's time is.</param>
internal sealed class ReplayPeople(JwtSettings jwt, IClock clock)
{
    private static readonly Duration TokenLifetime = Duration.FromHours(1);

    public string TokenOf(string driver) => TokenSigner.Sign(jwt, $"replay-{driver}", duties: [], clock.GetCurrentInstant(), TokenLifetime);

    /// <summary>A new token of whoever reads the books and moves the clock.</summary>
    public string OperatorToken() =>
        TokenSigner.Sign(jwt, "replay-operator", ["admin@city"], clock.GetCurrentInstant(), TokenSigner.LongestWithDuties);
}
