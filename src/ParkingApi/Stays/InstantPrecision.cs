using NodaTime;

namespace Parking.Api.Stays;

/// <summary>Timelines keep instants to the millisecond.</summary>
internal static class InstantPrecision
{
    /// <summary>The same instant without what is finer than a millisecond (towards the past).</summary>
    public static Instant ToMilliseconds(this Instant instant) => Instant.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
