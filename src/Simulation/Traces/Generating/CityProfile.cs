using System.Text.Json;
using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Generating;

/// <summary>What a generated city is like: its kinds of facilities, when people come, how long they stay, and how often things go wrong.</summary>
public sealed record CityProfile
{
    /// <summary>The number of the format.</summary>
    public const int Version = 1;

    private const string DefaultName = "default-profile.json";

    public required int Profile { get; init; }

    /// <summary>For people.</summary>
    public string? Note { get; init; }

    public required DateTimeZone TimeZone { get; init; }

    public required IReadOnlyList<ProfileDistrict> Districts { get; init; }

    public required IReadOnlyList<FacilityKind> Kinds { get; init; }

    public required VisitShares Shares { get; init; }

    public required InventoryHabits Inventories { get; init; }

    /// <summary>Where the files lie that the profile names; null for the built-in one.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Folder { get; private init; }

    /// <summary>The built-in profile.</summary>
    public static CityProfile LoadDefault() => Parse(EmbeddedFiles.Read(DefaultName));

    /// <exception cref="SettingsException">It cannot be read, or is not right.</exception>
    public static CityProfile Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path)) with { Folder = Path.GetDirectoryName(Path.GetFullPath(path)) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SettingsException)
        {
            throw new SettingsException($"{path}: {error.Message}", error);
        }
    }

    /// <exception cref="SettingsException">The text is no profile.</exception>
    public static CityProfile Parse(string json)
    {
        try
        {
            var profile = JsonSerializer.Deserialize<CityProfile>(json, GateProtocolJson.Options) ?? throw new SettingsException("null is no profile");
            var faults = ProfileCheck.FaultsOf(profile).ToList();
            return faults.Count == 0 ? profile : throw new SettingsException(string.Join("; ", faults));
        }
        catch (JsonException error)
        {
            throw new SettingsException(JsonFaults.Describe(error), error);
        }
    }
}
