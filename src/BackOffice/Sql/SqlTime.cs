using NodaTime;

namespace Parking.BackOffice.Sql;

/// <summary>Times as the back office keeps them: microseconds since 1970.</summary>
public static class SqlTime
{
    public static long ToMicroseconds(this Instant instant) => instant.ToUnixTimeTicks() / (NodaConstants.TicksPerMillisecond / 1000);

    public static Instant FromMicroseconds(long microseconds) =>
        Instant.FromUnixTimeTicks(microseconds * (NodaConstants.TicksPerMillisecond / 1000));
}
