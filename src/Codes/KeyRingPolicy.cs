using NodaTime;

namespace Parking.Codes;

/// <summary>How long each part of a key's life takes.</summary>
public sealed record KeyRingPolicy
{
    private static readonly Duration Longest = Duration.FromDays(3650);

    /// <summary>A new key every 30 days, gates offline for up to 7.</summary>
    public static KeyRingPolicy Default { get; } = new();

    /// <summary>How long a gate may go without fetching the key set. The default is 7 days; zero is allowed.</summary>
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
    /// How old what a gate fetches may be by then: the time that caches, and instances of the service that have not reloaded the ring, may
    /// lag behind it. The default is one hour; zero is allowed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or longer than ten years.</exception>
    public Duration PublicationDelay
    {
        get;
        init => field = Within(value, Duration.Zero, nameof(PublicationDelay));
    } = Duration.FromHours(1);

    /// <summary>How long a code lives; a retired key is kept for as long as its last code can still be shown, and the horizon.</summary>
    public CodeLifetime CodeLifetime { get; init; } = CodeLifetime.Default;

    /// <summary>From announcement to first signature, at least: horizon and publication delay.</summary>
    public Duration AnnounceLead => OfflineHorizon + PublicationDelay;

    /// <summary>
    /// From last signature to drop: a gate records a code as late as its expiry and the skew, and delivers the record a horizon later.
    /// </summary>
    public Duration KeepAfterSigning => OfflineHorizon + PublicationDelay + CodeLifetime.ValidFor + CodeLifetime.ClockSkew;

    private static Duration Within(Duration value, Duration minimum, string name) =>
        value >= minimum && value <= Longest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"At least {minimum}, at most {Longest}.");
}
