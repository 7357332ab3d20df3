using NodaTime;

namespace Parking.Codes;

/// <summary>The stored times of a key; all other times follow from the keys around it.</summary>
internal sealed record KeyRingEntry(SigningKey Key, Instant AnnouncedAt, Instant SignsFrom, Instant? RevokedAt = null)
{
    /// <summary>Whether it signs at any time: it was not revoked before it starts to sign.</summary>
    public bool EverSigns => RevokedAt is null || RevokedAt > SignsFrom;
}
