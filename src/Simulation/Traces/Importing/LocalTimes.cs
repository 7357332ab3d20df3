using NodaTime;
using NodaTime.TimeZones;

namespace Parking.Simulation.Traces.Importing;

/// <summary>
/// Converts local times to instants. The rule is called <em>earlier, unless the exit would come before its entry</em>. A local time that
/// occurs twice is read as the earlier instant, but as the later one if an exit would otherwise be before its entry. A local time that was
/// skipped is moved forward by the length of the gap. An exit that is still before its entry stays so, because the table says so.
/// </summary>
internal static class LocalTimes
{
    private static readonly ZoneLocalMappingResolver Earlier = Resolvers.CreateMappingResolver(
        Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);
    private static readonly ZoneLocalMappingResolver Later = Resolvers.CreateMappingResolver(
        Resolvers.ReturnLater, Resolvers.ReturnForwardShifted);

    /// <summary>The instant of a local time.</summary>
    /// <param name="local">The local time.</param>
    /// <param name="zone">The time zone.</param>
    /// <param name="entry">For an exit: the time of its entry, if known.</param>
    public static Instant Resolve(LocalDateTime local, DateTimeZone zone, Instant? entry = null)
    {
        var earlier = zone.ResolveLocal(local, Earlier).ToInstant();
        return earlier < entry ? zone.ResolveLocal(local, Later).ToInstant() : earlier;
    }
}
