using NodaTime;

namespace Parking.Codes;

/// <summary>What a ring knows of a key by itself; all other times follow from the keys around it.</summary>
internal sealed record KeyRingEntry(SigningKey Key, Instant AnnouncedAt, Instant SignsFrom, Instant? RevokedAt = null)
{
    /// <summary>Whether there is a moment at which it signs, if nothing more is changed: it was not revoked before its turn came.</summary>
    public bool EverSigns => RevokedAt is null || RevokedAt > SignsFrom;
}
