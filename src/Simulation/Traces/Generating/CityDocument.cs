using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Generating;

/// <summary>Creates the city file of a generated city, with the tariffs that it names.</summary>
internal static class CityDocument
{
    private const string TariffFolder = "tariffs", FileEnding = ".json";
    private const int LeastCapacity = 20;
    private const double Spare = 1.3;

    /// <summary>Creates the documents.</summary>
    /// <param name="profile">The city's profile.</param>
    /// <param name="facilities">Its facilities.</param>
    /// <param name="mostTaken">The largest number of open stays at each facility. If the profile gives no capacity, the facility gets more
    /// spaces than this.</param>
    /// <exception cref="SettingsException">A tariff cannot be read.</exception>
    public static TraceCity Create(CityProfile profile, IReadOnlyList<PlannedFacility> facilities, IReadOnlyList<int> mostTaken)
    {
        var files = new Dictionary<string, JsonElement>();
        var list = new JsonArray();
        foreach (var facility in facilities)
        {
            var district = profile.Districts[facility.Index % profile.Districts.Count];
            var node = new JsonObject
            {
                ["id"] = facility.Id,
                ["district"] = district.Id,
                ["name"] = Describe(
                    new BilingualText($"{facility.Kind.Name.Zh}{facility.KindNumber}", $"{facility.Kind.Name.En} {facility.KindNumber}")),
                ["capacity"] = facility.Kind.Capacity ?? PlacesFor(mostTaken[facility.Index]),
            };
            if (!facility.Kind.EnforcesCapacity)
            {
                node["enforcesCapacity"] = false;
            }
            if (facility.Kind.Tariff is { } tariff)
            {
                var name = tariff.EndsWith(FileEnding, StringComparison.Ordinal) ? tariff : $"{TariffFolder}/{tariff}{FileEnding}";
                node["tariff"] = name;
                files.TryAdd(name, ReadTariff(profile, tariff));
            }
            node["gates"] = new JsonArray([
                .. facility.EntryGates.Select(gate => new JsonObject { ["id"] = gate, ["direction"] = "entry" }),
                .. facility.ExitGates.Select(gate => new JsonObject { ["id"] = gate, ["direction"] = "exit" }),
            ]);
            list.Add(node);
        }
        var city = new JsonObject
        {
            ["note"] = "GENERATED DATA. An invented city for a trace.",
            ["timeZone"] = profile.TimeZone.Id,
            ["districts"] = new JsonArray(
                [.. profile.Districts.Select(district => new JsonObject { ["id"] = district.Id, ["name"] = Describe(district.Name) })]),
            ["facilities"] = list,
        };
        return new TraceCity(JsonSerializer.SerializeToElement(city), files);
    }

    public static IEnumerable<string> BuiltInTariffs => EmbeddedFiles.NamesIn(TariffFolder);

    private static int PlacesFor(int mostTaken) => Math.Max(LeastCapacity, (int)(mostTaken * Spare / 10) * 10 + 10);

    private static JsonObject Describe(BilingualText name) => new() { ["zh"] = name.Zh, ["en"] = name.En };

    private static JsonElement ReadTariff(CityProfile profile, string tariff)
    {
        if (!tariff.EndsWith(FileEnding, StringComparison.Ordinal))
        {
            var builtIn = EmbeddedFiles.TryRead($"{TariffFolder}/{tariff}{FileEnding}")
                ?? throw new SettingsException($"there is no built-in tariff '{tariff}'; there are {string.Join(", ", BuiltInTariffs)}");
            return InZone(builtIn, profile.TimeZone);
        }
        if (!TraceFormat.IsFileName(tariff))
        {
            throw new SettingsException($"'{tariff}' is not a file below the profile's folder");
        }
        var path = Path.Combine(profile.Folder ?? "", tariff);
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new SettingsException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>A tariff in a facility's time zone. The built-in tariffs have no fixed zone.</summary>
    private static JsonElement InZone(string tariff, DateTimeZone zone)
    {
        var document = JsonNode.Parse(tariff)!;
        document["timeZone"] = zone.Id;
        return JsonSerializer.SerializeToElement(document);
    }
}
