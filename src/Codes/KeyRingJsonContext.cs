using System.Text.Json.Serialization;

namespace Parking.Codes;

/// <summary>Source-generated metadata for the stored form of a key ring.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    WriteIndented = true)]
[JsonSerializable(typeof(StoredKeyRing))]
internal sealed partial class KeyRingJsonContext : JsonSerializerContext;
