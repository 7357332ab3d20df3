using NodaTime.Text;

namespace Parking.Simulation.Replay.Driving;

/// <summary>
/// The message handler for all requests of a replay. Each request carries the trace's time, and the simulation's clock follows it. The
/// clock therefore moves with the first request of an instant, after all requests of the instant before have ended, and no separate call is
/// needed.
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
