using System.Text.Json.Nodes;

namespace Parking.Tariffs.Tests.Documents;

/// <summary>Documents with one rate whose bands are given by their active times.</summary>
internal static class CoverageRates
{
    /// <summary>In place of active times: none.</summary>
    public const string Rest = "rest";

    private const string Rate = "$.versions[0].rateTables[0].rates[0]";

    /// <summary>Where the bands stand.</summary>
    public const string Bands = Rate + ".bands";

    /// <summary>A document whose bands <c>a</c>, <c>b</c>, <c>c</c> … have these active times.</summary>
    public static string Document(params string[] activeTimes)
    {
        var bands = new JsonArray();
        for (var i = 0; i < activeTimes.Length; i++)
        {
            var band = new JsonObject
            {
                ["id"] = i < 26 ? $"{(char)('a' + i)}" : $"b{i}",
                ["rateLines"] = JsonNode.Parse("""[{ "rateLineType": "flatRate", "value": 100, "per": "band" }]"""),
            };
            if (activeTimes[i] != Rest)
            {
                band["activeTimes"] = JsonNode.Parse(activeTimes[i]);
            }

            bands.Add(band);
        }

        var json = TestDocuments.With(TestDocuments.Simple, Bands, bands.ToJsonString());
        if (bands.Count > 1)
        {
            json = TestDocuments.With(json, Rate + ".ladderAtBandChange", "\"restarts\"");
            json = TestDocuments.With(json, Rate + ".stepAtBandChange", "\"endsWhole\"");
        }

        return activeTimes.Any(times => times.Contains("work") || times.Contains("rest") && times != Rest || times.Contains("oliday"))
            ? TestDocuments.With(json, "$.holidayCalendar", "\"TEST\"")
            : json;
    }
}
