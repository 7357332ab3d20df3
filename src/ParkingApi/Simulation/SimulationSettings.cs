using NodaTime;
using NodaTime.Text;

namespace Parking.Api.Simulation;

/// <summary>Section <c>Simulation</c> of the configuration.</summary>
internal static class SimulationSettings
{
    /// <summary>The earliest virtual time.</summary>
    public static readonly Instant Earliest = Instant.FromUtc(2000, 1, 1, 0, 0);

    /// <summary>The latest virtual time: late enough for every trace, early enough that no sum of times overflows.</summary>
    public static readonly Instant Latest = Instant.FromUtc(2100, 1, 1, 0, 0);

    private const string Section = "Simulation";
    private const string StartsAt = $"{Section}:StartsAt";

    /// <summary>The full names of all settings that are present in the section.</summary>
    public static IEnumerable<string> In(IConfiguration configuration) =>
        configuration.GetSection(Section)
            .AsEnumerable()
            .Where(setting => !string.IsNullOrEmpty(setting.Value))
            .Select(setting => setting.Key);

    /// <summary>The errors of the section.</summary>
    public static IEnumerable<string> Refusals(IConfiguration configuration)
    {
        foreach (var unknown in In(configuration).Where(setting => !setting.Equals(StartsAt, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"{unknown} is no setting. There is {StartsAt}.";
        }

        if (configuration[StartsAt] is { Length: > 0 } text && !TryParse(text, out _))
        {
            yield return $"{StartsAt} is '{text}'. It must be an instant such as 2016-02-01T00:00:00Z, from {Earliest} to {Latest}.";
        }
    }

    /// <summary>The time at which virtual time begins; null if it is not set.</summary>
    public static Instant? StartOf(IConfiguration configuration) =>
        configuration[StartsAt] is { Length: > 0 } text && TryParse(text, out var start) ? start : null;

    private static bool TryParse(string text, out Instant start) =>
        InstantPattern.ExtendedIso.Parse(text).TryGetValue(Instant.MinValue, out start) && start >= Earliest && start <= Latest;
}
