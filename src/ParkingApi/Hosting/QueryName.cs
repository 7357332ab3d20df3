using System.Text.Json;

namespace Parking.Api.Hosting;

/// <summary>Reads names in queries: the members of an enum as the wire has them.</summary>
internal static class QueryName
{
    /// <summary>The value; null if there is none. A text that is no name is added to <paramref name="faults"/>.</summary>
    public static T? Parse<T>(string name, string? text, Dictionary<string, string[]> faults)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        var names = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
        if (!names.TryGetValue(text, out var found))
        {
            faults[name] = [$"{name} is one of {string.Join(", ", names.Keys)}."];
            return null;
        }

        return found;
    }
}
