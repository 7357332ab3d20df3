using System.Globalization;
using System.Text.Json.Nodes;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>Changes every amount of money in a document.</summary>
internal static class Dearer
{
    /// <summary>Nothing is too dear to cost twice as much.</summary>
    public static void Capped(JsonNode document) =>
        Change(document, (field, amount) => Math.Min(amount, field == "unit" ? 5000 : 50_000_000));

    /// <summary>Capped, then everything twice.</summary>
    public static void Doubled(JsonNode document)
    {
        Capped(document);
        Change(document, (_, amount) => 2 * amount);
    }

    private static void Change(JsonNode? node, Func<string, long, long> change)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Change(item, change);
            }
        }

        foreach (var (field, value) in node is JsonObject fields ? fields.ToList() : [])
        {
            if (field is "value" or "minValue" or "maxValue" or "amountOff" or "unit")
            {
                node![field] = change(field, long.Parse(value!.ToJsonString(), CultureInfo.InvariantCulture));
            }
            else
            {
                Change(value, change);
            }
        }
    }
}
