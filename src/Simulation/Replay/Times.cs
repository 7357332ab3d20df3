using NodaTime;
using NodaTime.Text;

namespace Parking.Simulation.Replay;

/// <summary>Times as traces write them: RFC 3339 in UTC, with all that there is of a fraction.</summary>
public static class Times
{
    public static string Write(Instant at) => InstantPattern.ExtendedIso.Format(at);
}
