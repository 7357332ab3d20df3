using NodaTime;
using NodaTime.TimeZones;

namespace Parking.Simulation.Traces.Importing;

/// <summary>
/// From the times on a wall clock to instants. The rule is called <em>earlier, unless the exit would come before its entry</em>: a time
/// that the clock showed twice is the first of the two, but an exit that would then lie before its entry is the second. A time that the
/// clock skipped is later by what was skipped. What lies before its entry all the same stays there: that is what the table says.
/// </summary>
internal static class LocalTimes
{
    private static readonly ZoneLocalMappingResolver Earlier = Resolvers.CreateMappingResolver(
        Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);
    private static readonly ZoneLocalMappingResolver Later = Resolvers.CreateMappingResolver(
        Resolvers.ReturnLater, Resolvers.ReturnForwardShifted);

    /// <summary>The instant of a local time.</summary>
    /// <param name="local">What the clock showed.</param>
    /// <param name="zone">Where.</param>
    /// <param name="entry">Of an exit: when its entry was, if that is known.</param>
    public static Instant Resolve(LocalDateTime local, DateTimeZone zone, Instant? entry = null)
    {
        var earlier = zone.ResolveLocal(local, Earlier).ToInstant();
        return earlier < entry ? zone.ResolveLocal(local, Later).ToInstant() : earlier;
    }
}
