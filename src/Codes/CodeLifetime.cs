using NodaTime;

namespace Parking.Codes;

/// <summary>The lifetime of a code. All durations are whole seconds, because the times in a code are, and at most a day.</summary>
public sealed record CodeLifetime
{
    private static readonly Duration Longest = Duration.FromDays(1);

    /// <summary>Valid for 60 seconds, redrawn after 30 seconds, clock skew of 30 seconds.</summary>
    public static CodeLifetime Default { get; } = new();

    /// <summary>From issue to expiry. The default is 60 seconds; at least one second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Shorter, longer than a day, or not whole seconds.</exception>
    public Duration ValidFor
    {
        get;
        init => field = WholeSeconds(value, minimum: 1, nameof(ValidFor));
    } = Duration.FromSeconds(60);

    /// <summary>
    /// The time from issue until the phone shows the next code, so that a shown code never expires. The default is 30 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Shorter than one second, longer than a day, or not whole seconds.</exception>
    public Duration RedrawAfter
    {
        get;
        init => field = WholeSeconds(value, minimum: 1, nameof(RedrawAfter));
    } = Duration.FromSeconds(30);

    /// <summary>The tolerated error of a gate's clock, in either direction. The default is 30 seconds; zero is allowed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, longer than a day, or not whole seconds.</exception>
    public Duration ClockSkew
    {
        get;
        init => field = WholeSeconds(value, minimum: 0, nameof(ClockSkew));
    } = Duration.FromSeconds(30);

    private static Duration WholeSeconds(Duration value, long minimum, string name)
    {
        if (value < Duration.FromSeconds(minimum) || value > Longest || value.NanosecondOfDay % NodaConstants.NanosecondsPerSecond != 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Whole seconds, from {minimum} to those of a day.");
        }

        return value;
    }
}
