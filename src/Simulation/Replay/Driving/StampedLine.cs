using NodaTime.Text;

namespace Parking.Simulation.Replay.Driving;

/// <summary>
/// The way to the service for everybody in a replay. Each request says when it is made, and a simulation's clock follows it: so it moves
/// with the first request of an instant, when nothing of the one before is in flight any more, and nobody waits for a call that does
/// nothing else.
/// </summary>
/// <param name="time">The trace's time.</param>
internal sealed class StampedLine(VirtualTime time) : DelegatingHandler
{
    private const string Header = "Simulation-Time";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(Header);
        request.Headers.Add(Header, InstantPattern.ExtendedIso.Format(time.Now));
        return base.SendAsync(request, cancellationToken);
    }
}
