using NodaTime;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Replay.Driving;

/// <summary>The drivers of a trace as citizens of the service, and the operator who looks at its books.</summary>
/// <param name="jwt">What their tokens are signed with.</param>
/// <param name="clock">Dates the tokens: real time, whatever time the service lives in.</param>
internal sealed class ReplayPeople(JwtSettings jwt, IClock clock)
{
    private static readonly Duration TokenLifetime = Duration.FromHours(1);

    public string TokenOf(string driver) => TokenSigner.Sign(jwt, $"replay-{driver}", role: null, clock.GetCurrentInstant(), TokenLifetime);

    public string OperatorToken() =>
        TokenSigner.Sign(jwt, "replay-operator", TokenSigner.OperatorRole, clock.GetCurrentInstant(), TokenLifetime);
}
