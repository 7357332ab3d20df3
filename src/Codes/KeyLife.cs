using NodaTime;
using Parking.Codes.Devices;

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

/// <summary>The phase of a key's life cycle.</summary>
public enum KeyPhase
{
    /// <summary>It is published, so that every gate knows it before it signs.</summary>
    Announced = 1,

    /// <summary>It signs new codes.</summary>
    Signing = 2,

    /// <summary>It no longer signs. Codes that it signed are still verified and unsealed.</summary>
    Retired = 3,

    /// <summary>Nothing that it signed can arrive any more. The next <see cref="KeyRing.Advance"/> removes it.</summary>
    Dropped = 4,

    /// <summary>
    /// It is not trusted: no code that it signed opens a barrier. Its ids are still unsealed, for events from before the revocation.
    /// </summary>
    Revoked = 5,
}

/// <summary>The durations of a key's life cycle.</summary>
public sealed record KeyRingPolicy
{
    private static readonly Duration Longest = Duration.FromDays(3650);

    /// <summary>A new key every 30 days, gates offline for up to 7.</summary>
    public static KeyRingPolicy Default { get; } = new();

    /// <summary>How long a gate may work without fetching the key set. The default is 7 days; zero is allowed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or longer than ten years.</exception>
    public Duration OfflineHorizon
    {
        get;
        init => field = Within(value, Duration.Zero, nameof(OfflineHorizon));
    } = Duration.FromDays(7);

    /// <summary>How long a key signs. The default is 30 days; at least one minute. It may be shorter than the horizon.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Shorter than one minute, or longer than ten years.</exception>
    public Duration RotationPeriod
    {
        get;
        init => field = Within(value, Duration.FromMinutes(1), nameof(RotationPeriod));
    } = Duration.FromDays(30);

    /// <summary>
    /// The largest age of a fetched key set: how far caches, and service instances that have not reloaded the ring, may lag behind. The
    /// default is one hour; zero is allowed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or longer than ten years.</exception>
    public Duration PublicationDelay
    {
        get;
        init => field = Within(value, Duration.Zero, nameof(PublicationDelay));
    } = Duration.FromHours(1);

    /// <summary>The lifetime of a code. A retired key is kept until its last code has expired, plus the offline horizon.</summary>
    public CodeLifetime CodeLifetime { get; init; } = CodeLifetime.Default;

    /// <summary>
    /// Whether <see cref="KeyRing.Advance"/> gives a ring without certificate keys its first one. The default is false. A ring with
    /// certificate keys is stored in version 2, which earlier releases of the service do not read: update all instances first.
    /// </summary>
    public bool HasCertificateKeys { get; init; }

    /// <summary>The least time from announcement to first signature: offline horizon plus publication delay.</summary>
    public Duration AnnounceLead => OfflineHorizon + PublicationDelay;

    /// <summary>
    /// The time from last signature to drop: a gate may record a code until its expiry plus the skew, and report it an offline horizon
    /// later.
    /// </summary>
    public Duration KeepAfterSigning => OfflineHorizon + PublicationDelay + CodeLifetime.ValidFor + CodeLifetime.ClockSkew;

    /// <summary>
    /// The time from a certificate key's last signature to its drop: as <see cref="KeepAfterSigning"/>, for codes that are shown until
    /// the last certificate expires.
    /// </summary>
    public Duration KeepCertificateKeyAfterSigning =>
        OfflineHorizon + PublicationDelay + CertificateFormat.LongestLife + CodeLifetime.ClockSkew;

    private static Duration Within(Duration value, Duration minimum, string name) =>
        value >= minimum && value <= Longest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"At least {minimum}, at most {Longest}.");
}
