using NodaTime;

namespace Parking.Events;

/// <summary>Timelines keep instants to the millisecond.</summary>
public static class InstantPrecision
{
    /// <summary>The same instant without what is finer than a millisecond (towards the past).</summary>
    public static Instant ToMilliseconds(this Instant instant) => Instant.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
