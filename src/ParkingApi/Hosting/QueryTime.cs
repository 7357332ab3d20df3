using NodaTime;
using NodaTime.Text;

namespace Parking.Api.Hosting;

/// <summary>Reads times in queries.</summary>
internal static class QueryTime
{
    /// <summary>The time; null if there is none. A text that is no time is added to <paramref name="faults"/>.</summary>
    public static Instant? Parse(string name, string? text, Dictionary<string, string[]> faults)
    {
        if (text is null)
        {
            return null;
        }

        var parsed = InstantPattern.ExtendedIso.Parse(text);
        if (!parsed.Success)
        {
            faults[name] = [$"{name} is a time in UTC, such as 2026-05-04T08:30:00Z."];
        }

        return parsed.Success ? parsed.Value : null;
    }
}
