using NodaTime;

namespace Parking.Tariffs.Pricing;

/// <summary>Time in whole seconds (rule 1).</summary>
internal static class Seconds
{
    public const long PerDay = 86_400;

    /// <summary>Later than any priced time, and small enough to add to without overflow.</summary>
    public const long Never = long.MaxValue / 4;

    /// <summary>An instant, rounded down to the second.</summary>
    public static long Of(Instant instant) => instant.ToUnixTimeSeconds();

    public static long Of(Duration duration) => (long)duration.TotalSeconds;

    public static long Of(Duration? duration) => duration is { } given ? Of(given) : Never;

    /// <summary>The date of a local time, in days since 1970-01-01.</summary>
    public static long DayOf(long local) => (local - (local < 0 ? PerDay - 1 : 0)) / PerDay;
}
