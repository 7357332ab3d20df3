using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parking.GateProtocol;

/// <summary>
/// How a client reads the names of an enum: one that a later service has added, or anything else that is no name, is the value without a
/// name, 0. Enums that have a name for 0 are not for it: <see cref="GateDecision"/> is to be understood or to be no answer.
/// </summary>
internal sealed class LenientEnums : JsonConverterFactory
{
    /// <summary>What is written for a value without a name, so that a client can keep what it was sent. It is no name either.</summary>
    private const string Unnamed = "unknown";

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum && !Enum.IsDefined(typeToConvert, 0);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private readonly Dictionary<string, T> _values =
            Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return _values.GetValueOrDefault(reader.GetString()!);
            }

            reader.Skip();
            return default;
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Enum.IsDefined(value) ? JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()) : Unnamed);
    }
}
