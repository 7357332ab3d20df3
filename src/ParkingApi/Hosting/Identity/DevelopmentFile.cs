using System.Text.Json.Serialization;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// The file with the secrets of Development or of a simulation. The demo reads it to act as any citizen, operator or gate.
/// </summary>
internal sealed record DevelopmentFile
{
    public required int ApiVersion { get; init; }

    public required DevelopmentJwt Jwt { get; init; }

    /// <summary>Each gate's key in base64url, by gate.</summary>
    public required SortedDictionary<string, string> Gates { get; init; }

    /// <summary>See <see cref="SecretsOptions.CitizenKey"/>.</summary>
    public required string CitizenKey { get; init; }

    /// <summary>See <see cref="SecretsOptions.StayKey"/>.</summary>
    public required string StayKey { get; init; }

    /// <summary>See <see cref="SecretsOptions.PagesKey"/>. Added later: null in an older file, until the next start fills it in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PagesKey { get; init; }

    /// <summary>See <see cref="SecretsOptions.AuditKey"/>. Added later, too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AuditKey { get; init; }

    /// <summary>Names the object without its secrets.</summary>
    public override string ToString() => "secrets of this service's own making";
}

/// <summary>How people's tokens are signed in these environments: HS256 with <see cref="SigningKey"/>, 32 bytes in base64.</summary>
internal sealed record DevelopmentJwt
{
    public required string Issuer { get; init; }

    public required string Audience { get; init; }

    public required string SigningKey { get; init; }

    public override string ToString() => Issuer;
}

/// <summary>Source-generated metadata of the files with secrets.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(DevelopmentFile))]
[JsonSerializable(typeof(GateKeysFile))]
internal sealed partial class SecretFilesJsonContext : JsonSerializerContext;
