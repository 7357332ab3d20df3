using NodaTime;

namespace Parking.Codes;

/// <summary>A key and the times of its life. The intervals are half-open: the first instant of a phase belongs to it.</summary>
/// <param name="Key">The key.</param>
/// <param name="AnnouncedAt">Since when it is published.</param>
/// <param name="SignsFrom">When it begins to sign.</param>
/// <param name="SignsUntil">When the next key takes over, or it was revoked; null while neither is known.</param>
/// <param name="DropsAt">When it is no longer needed; null while it has no successor.</param>
/// <param name="RevokedAt">When it was revoked; null if it was not. A revocation holds whatever the clock says later.</param>
public sealed record KeyLife(SigningKey Key, Instant AnnouncedAt, Instant SignsFrom, Instant? SignsUntil, Instant? DropsAt, Instant? RevokedAt = null)
{
    /// <summary>Where in its life the key is.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The phase.</returns>
    public KeyPhase PhaseAt(Instant now) =>
        now >= DropsAt ? KeyPhase.Dropped
        : RevokedAt is not null ? KeyPhase.Revoked
        : now >= SignsUntil ? KeyPhase.Retired
        : now >= SignsFrom ? KeyPhase.Signing
        : KeyPhase.Announced;
}
