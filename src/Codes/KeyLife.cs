using NodaTime;

namespace Parking.Codes;

/// <summary>A key and the times of its life cycle. The intervals are half-open: the first instant of a phase belongs to it.</summary>
/// <param name="Key">The key.</param>
/// <param name="AnnouncedAt">When it is published for the first time.</param>
/// <param name="SignsFrom">When it starts to sign.</param>
/// <param name="SignsUntil">When the next key starts to sign, or when it was revoked; null if neither is known.</param>
/// <param name="DropsAt">When it is no longer needed; null if it has no successor.</param>
/// <param name="RevokedAt">When it was revoked; null if it was not. A revocation does not depend on the clock.</param>
public sealed record KeyLife(
    SigningKey Key, Instant AnnouncedAt, Instant SignsFrom, Instant? SignsUntil, Instant? DropsAt, Instant? RevokedAt = null)
{
    /// <summary>The phase of the key's life cycle.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The phase.</returns>
    public KeyPhase PhaseAt(Instant now) =>
        now >= DropsAt ? KeyPhase.Dropped
        : RevokedAt is not null ? KeyPhase.Revoked
        : now >= SignsUntil ? KeyPhase.Retired
        : now >= SignsFrom ? KeyPhase.Signing
        : KeyPhase.Announced;
}
