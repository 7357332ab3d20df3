using NodaTime;

namespace Parking.Events;

/// <summary>The precision of instants in timelines: one millisecond.</summary>
public static class InstantPrecision
{
    /// <summary>The same instant, rounded towards the past to a whole millisecond.</summary>
    public static Instant ToMilliseconds(this Instant instant) => Instant.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
