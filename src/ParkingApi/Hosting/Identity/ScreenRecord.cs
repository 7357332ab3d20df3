using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parking.Ports;

namespace Parking.Api.Hosting.Identity;

/// <summary>What the store keeps of a wall screen, as JSON. Times are Unix milliseconds.</summary>
internal sealed record ScreenRecord
{
    /// <summary>The version of this form.</summary>
    public const int Format = 1;

    /// <summary>
    /// What is kept of a screen that was revoked, for ever: that there was one, so that its id never names another. Not its name.
    /// </summary>
    public const string Revoked = """{"v":1,"revoked":true}""";

    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("scope")]
    public required string Scope { get; init; }

    [JsonPropertyName("by")]
    public required string NamedBy { get; init; }

    [JsonPropertyName("namedAt")]
    public required long NamedAt { get; init; }

    [JsonPropertyName("openedAt")]
    public long? OpenedAt { get; init; }

    [JsonPropertyName("session")]
    public string? Session { get; init; }

    public static string Write(Screen screen) => JsonSerializer.Serialize(
        new ScreenRecord
        {
            Version = Format,
            Name = screen.Name,
            Scope = screen.Scope.ToString(),
            NamedBy = screen.NamedBy,
            NamedAt = screen.NamedAt.ToUnixTimeMilliseconds(),
            OpenedAt = screen.OpenedAt?.ToUnixTimeMilliseconds(),
            Session = screen.Session,
        },
        ScreenRecordContext.Default.ScreenRecord);

    /// <exception cref="InvalidDataException">It is damaged, or of a later version.</exception>
    public static Screen Read(StoredScreen stored)
    {
        try
        {
            if (JsonSerializer.Deserialize(stored.Content, ScreenRecordContext.Default.ScreenRecord) is { Version: Format } record
                && Rights.Scope.TryParse(record.Scope, out var scope))
            {
                return new(
                    stored.Id,
                    record.Name,
                    scope,
                    record.NamedBy,
                    Instant.FromUnixTimeMilliseconds(record.NamedAt),
                    record.OpenedAt is { } openedAt ? Instant.FromUnixTimeMilliseconds(openedAt) : null,
                    record.Session,
                    stored.SeenAt);
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new InvalidDataException($"What is kept of the wall screen {stored.Id} is damaged, or of a later version than {Format}.");
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScreenRecord))]
internal sealed partial class ScreenRecordContext : JsonSerializerContext;
