using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration.Memory;
using Parking.Api.Hosting.Files;
using Parking.BackOffice.Audit;
using Parking.Facilities;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// In Development and in a simulation the service generates its secrets at the first start, keeps them in its data folder, and uses
/// them where nothing else is configured. In any other environment a missing secret stops the start.
/// </summary>
internal static class DevelopmentSecrets
{
    public const string FileName = "development.json";

    private const int ApiVersion = 1;
    private const string GateKeysFileName = "gate-keys.json";
    private const string Bearer = "Authentication:Schemes:Bearer";

    /// <summary>Generates missing secrets and adds all of them to the configuration, with the lowest precedence.</summary>
    public static void Add(ConfigurationManager configuration, IHostEnvironment environment, DataFolder folder, CityDirectory city)
    {
        var file = Ensure(environment.EnvironmentName.ToLowerInvariant(), folder, city);
        var settings = new Dictionary<string, string?>
        {
            ["Secrets:CitizenKey"] = file.CitizenKey,
            ["Secrets:StayKey"] = file.StayKey,
            ["Secrets:PagesKey"] = file.PagesKey,
            ["Secrets:AuditKey"] = file.AuditKey,
            ["Gates:KeysFile"] = folder.PathOf(GateKeysFileName),
        };

        // All or nothing: beside a real provider, tokens signed with a key from a file must not be valid.
        if (!configuration.GetSection(Bearer).GetChildren().Any())
        {
            settings[$"{Bearer}:ValidIssuer"] = file.Jwt.Issuer;
            settings[$"{Bearer}:ValidAudience"] = file.Jwt.Audience;
            settings[$"{Bearer}:SigningKeys:0:Issuer"] = file.Jwt.Issuer;
            settings[$"{Bearer}:SigningKeys:0:Value"] = file.Jwt.SigningKey;
        }

        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = settings });
    }

    /// <summary>The file has the environment's name, so that no environment uses the secrets of another.</summary>
    private static DevelopmentFile Ensure(string environment, DataFolder folder, CityDirectory city)
    {
        var path = folder.PathOf($"{environment}.json");
        using var alone = PrivateFile.Lock(path);
        var file = File.Exists(path) ? Read(path) : Create(environment);
        file = file with { PagesKey = file.PagesKey ?? CreateSecret(), AuditKey = file.AuditKey ?? AuditKey.CreateSecret() };
        foreach (var gate in city.Gates)
        {
            file.Gates.TryAdd(gate.Id.Value, GateKey.Create());
        }

        PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(file, SecretFilesJsonContext.Default.DevelopmentFile));
        PrivateFile.Write(
            folder.PathOf(GateKeysFileName),
            JsonSerializer.SerializeToUtf8Bytes(HashesOf(file, city), SecretFilesJsonContext.Default.GateKeysFile));
        return file;
    }

    private static DevelopmentFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), SecretFilesJsonContext.Default.DevelopmentFile)
                ?? throw new InvalidDataException($"{path} has no secrets. Remove it; the service then generates new ones.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{path} is not a file of this service (at {e.Path ?? "$"}). Remove it; the service then generates new secrets.");
        }
    }

    private static DevelopmentFile Create(string environment) => new()
    {
        ApiVersion = ApiVersion,
        Jwt = new() { Issuer = $"parking-{environment}", Audience = "parking", SigningKey = CreateSecret() },
        Gates = [],
        CitizenKey = CreateSecret(),
        StayKey = CreateSecret(),
    };

    private static string CreateSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretsOptions.KeySize));

    private static GateKeysFile HashesOf(DevelopmentFile file, CityDirectory city)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var gate in city.Gates)
        {
            hashes[gate.Id.Value] = GateKey.TryHash(file.Gates[gate.Id.Value], hash)
                ? Convert.ToHexStringLower(hash)
                : throw new InvalidDataException(
                    $"The file of secrets has no valid key for gate '{gate.Id}'. Remove the entry; the service then generates a key.");
        }

        return new() { Gates = hashes };
    }
}
