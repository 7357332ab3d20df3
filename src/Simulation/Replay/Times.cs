using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Parking.Simulation.Replay;

/// <summary>Times in the form that traces use: RFC 3339 in UTC with all decimals.</summary>
public static class Times
{
    public static string Write(Instant at) => InstantPattern.ExtendedIso.Format(at);
}

/// <summary>The names of enumerations in messages, traces and reports.</summary>
internal static class WireName
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The single flags of a value, in order of their numbers.</summary>
    public static IReadOnlyList<string> AllOf<T>(T flags)
        where T : struct, Enum =>
            [.. Enum.GetValues<T>().Where(flag => Convert.ToInt64(flag, null) != 0 && flags.HasFlag(flag)).Select(flag => Of(flag))];
}
