using NodaTime;
using NodaTime.Text;

namespace Parking.ScannerSim.Replay;

/// <summary>Times as traces write them: RFC 3339 in UTC, with all that there is of a fraction.</summary>
internal static class Times
{
    public static string Write(Instant at) => InstantPattern.ExtendedIso.Format(at);
}
