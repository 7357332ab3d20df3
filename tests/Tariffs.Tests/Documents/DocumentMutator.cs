using System.Text.Json.Nodes;

namespace Parking.Tariffs.Tests.Documents;

/// <summary>Changes a document here and there, as careless hands and broken programs do. The same number gives the same document.</summary>
internal static class DocumentMutator
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "1.5", "1.0", "1e308", "7", "100", "99999999999999999999", "\"\"", "\"x\"", "\"PT0S\"",
        "\"PT7M\"", "\"P1D\"", "\"P3660D\"",
        "\"00:00\"", "\"24:00\"", "\"12:00\"", "\"05-01\"", "\"02-29\"", "\"2026-05-01\"", "\"2026-06-01T00:00:00Z\"", "\"first\"",
        "\"split\"", "\"runsOn\"", "\"continues\"",
        "\"stay\"", "\"band\"", "\"flatRate\"", "\"flatRateTier\"", "\"incrementingRate\"", "\"publicHoliday\"", "\"mon\"",
        "\"\\ud83d\\ude97\"", "[]", "{}", "[{}]", "[1]",
    ];

    private static readonly string[] Fields =
    [
        "id", "name", "activeTimes", "days", "dates", "startTime", "endTime", "maxValue", "minValue", "durationEnd", "proRata",
        "conditions", "choose", "freeTime", "entitlements",
        "ladderAtBandChange", "stepAtBandChange", "maximumStay", "overstay", "validityStart", "validityEnd", "holidayCalendar", "x",
    ];

    /// <summary>A changed document.</summary>
    public static string Mutate(string document, int seed)
    {
        var random = new Random(seed);
        var root = JsonNode.Parse(document)!;
        for (var i = random.Next(4) / 2; i >= 0; i--)
        {
            var places = Places(root).ToList();
            if (places.Count > 0)
            {
                Mutate(places, random);
            }
        }

        return root.ToJsonString();
    }

    private static void Mutate(List<(JsonNode Parent, object Key)> places, Random random)
    {
        var (parent, key) = places[random.Next(places.Count)];
        var (other, otherKey) = places[random.Next(places.Count)];
        var value = Get(parent, key)?.DeepClone();
        switch (random.Next(7))
        {
            case 0:
                Remove(parent, key);
                break;
            case 1 when parent is JsonObject fields:
                fields.Remove((string)key);
                fields[Fields[random.Next(Fields.Length)]] = value;
                break;
            case 2:
                Set(parent, key, JsonNode.Parse(Values[random.Next(Values.Length)]));
                break;
            case 3 when value is JsonValue number && number.TryGetValue<long>(out var whole):
                Set(parent, key, JsonValue.Create((whole * random.Next(3)) + random.Next(-1, 2)));
                break;
            case 4 when parent is JsonArray list:
                list.Insert(random.Next(list.Count + 1), value);
                break;
            case 5:
                Set(other, otherKey, value);
                break;
            case 6 when other is JsonObject fields:
                fields[Fields[random.Next(Fields.Length)]] = random.Next(2) == 0
                    ? value
                    : JsonNode.Parse(Values[random.Next(Values.Length)]);
                break;
            default:
                Set(parent, key, JsonNode.Parse(Values[random.Next(Values.Length)]));
                break;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node)
    {
        IEnumerable<(object Key, JsonNode? Value)> children = node switch
        {
            JsonObject fields => fields.Select(field => ((object)field.Key, field.Value)).ToList(),
            JsonArray list => list.Select((item, index) => ((object)index, item)).ToList(),
            _ => [],
        };
        foreach (var (key, value) in children)
        {
            yield return (node, key);
            if (value is not null)
            {
                foreach (var place in Places(value))
                {
                    yield return place;
                }
            }
        }
    }

    private static JsonNode? Get(JsonNode parent, object key) => parent is JsonArray list ? list[(int)key] : parent[(string)key];

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (parent is JsonArray list)
        {
            list[(int)key] = value;
        }
        else
        {
            parent[(string)key] = value;
        }
    }

    private static void Remove(JsonNode parent, object key)
    {
        if (parent is JsonArray list)
        {
            list.RemoveAt((int)key);
        }
        else
        {
            ((JsonObject)parent).Remove((string)key);
        }
    }
}
