using NodaTime;

namespace Parking.Codes;

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

    /// <summary>The least time from announcement to first signature: offline horizon plus publication delay.</summary>
    public Duration AnnounceLead => OfflineHorizon + PublicationDelay;

    /// <summary>
    /// The time from last signature to drop: a gate may record a code until its expiry plus the skew, and report it an offline horizon
    /// later.
    /// </summary>
    public Duration KeepAfterSigning => OfflineHorizon + PublicationDelay + CodeLifetime.ValidFor + CodeLifetime.ClockSkew;

    private static Duration Within(Duration value, Duration minimum, string name) =>
        value >= minimum && value <= Longest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"At least {minimum}, at most {Longest}.");
}
