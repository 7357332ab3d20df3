using NodaTime;

namespace Parking.Codes;

/// <summary>A key and the times of its life. The intervals are half-open: the first instant of a phase belongs to it.</summary>
/// <param name="Key">The key.</param>
/// <param name="AnnouncedAt">Since when it is published.</param>
/// <param name="SignsFrom">When it begins to sign.</param>
/// <param name="SignsUntil">When the next key takes over; null while none is announced.</param>
/// <param name="DropsAt">When it is no longer needed; null while it has no successor.</param>
public sealed record KeyLife(SigningKey Key, Instant AnnouncedAt, Instant SignsFrom, Instant? SignsUntil, Instant? DropsAt)
{
    /// <summary>Where in its life the key is.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The phase.</returns>
    public KeyPhase PhaseAt(Instant now) =>
        now >= DropsAt ? KeyPhase.Dropped
        : now >= SignsUntil ? KeyPhase.Retired
        : now >= SignsFrom ? KeyPhase.Signing
        : KeyPhase.Announced;
}
