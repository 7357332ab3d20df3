using Parking.GateProtocol;

namespace Parking.ScannerSim.Gates;

/// <summary>A scan that was answered, and how long that took.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="RoundTrip">From the first attempt until the answer was there, waiting between attempts included.</param>
/// <param name="Decide">What the service says of it that deciding took (its <c>Server-Timing</c> header); null where it does not say.</param>
/// <param name="Attempts">1 if the first was answered.</param>
internal sealed record ScanExchange(ScanAnswer Answer, TimeSpan RoundTrip, TimeSpan? Decide, int Attempts)
{
    /// <summary>What of the round trip was not deciding.</summary>
    public TimeSpan Network => Decide is { } decide && decide < RoundTrip ? RoundTrip - decide : RoundTrip;
}
