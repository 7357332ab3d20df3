using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parking.Api.Gates;

/// <summary>Reads the events of an upload just as they came: a member that one of them has twice is that event's fault and not the upload's.</summary>
internal sealed class EventElements : JsonConverter<IReadOnlyList<JsonElement>>
{
    public override IReadOnlyList<JsonElement> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var array = JsonElement.ParseValue(ref reader);
        return array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray()] : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<JsonElement> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
}
