using System.Text.Json.Nodes;
using Parking.Simulation.Settings;
using Parking.Simulation.Traces;
using Parking.Simulation.Traces.Generating;

namespace Parking.ScannerSim.Tests.Traces;

public class CityProfileTests
{
    [Theory]
    [InlineData("profile", "2", "profile: must be 1")]
    [InlineData("shares/missedExits", "1.5", "shares.missedExits: must be from 0 to 1")]
    [InlineData("shares/expired", "0.995", "shares.expired, forged, damaged and foreign together: must be from 0 to 1")]
    [InlineData("inventories/to", "\"01:00:00\"", "inventories.to: must not be before from")]
    [InlineData("kinds/0/share", "0", "kinds[0].share: must be more than 0")]
    [InlineData("kinds/1/entries", "0", "kinds[1].entries, exits: must be from 1 to 20")]
    [InlineData("kinds/1/stayMinutes", "[5, 4]", "kinds[1].stayMinutes: must be two numbers or more, ascending")]
    [InlineData("kinds/0/arrivals/0/hours", "[1]", "kinds[0].arrivals.hours: must be 24 numbers")]
    [InlineData("kinds/0/arrivals/0/days", "[\"monday\"]", "kinds[0].arrivals: must have each day of the week once")]
    [InlineData("kinds", "[null]", "must not contain null")]
    [InlineData("kinds/0/arrivals", "[null]", "must not contain null")]
    [InlineData("districts", "[null]", "must not contain null")]
    [InlineData("districts/1/id", "\"huangpu\"", "districts[1].id: must be")]
    [InlineData("kinds/0/arrivals/0/days", "[\"someday\"]", "$.kinds[0].arrivals[0].days")]
    [InlineData("shares/misedExits", "0.1", "$.shares.misedExits: wrong type or value")]
    public void Parse_OneFault_NamesItsPlace(string place, string value, string expected)
    {
        var profile = JsonNode.Parse(EmbeddedFiles.Read("default-profile.json"))!;
        var steps = place.Split('/');
        var parent = steps[..^1].Aggregate(profile, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        parent[steps[^1]] = JsonNode.Parse(value);

        var error = Assert.Throws<SettingsException>(() => CityProfile.Parse(profile.ToJsonString()));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_ProfileWithItsOwnTariff_TakesTheFileBesideIt()
    {
        using var folder = new Parking.Optics.Programs.TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.FullPath, "prices"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullPath, "prices", "own.json"),
            """{"id":"own"}""",
            TestContext.Current.CancellationToken);
        var profile = JsonNode.Parse(EmbeddedFiles.Read("default-profile.json"))!;
        foreach (var kind in profile["kinds"]!.AsArray())
        {
            kind!["tariff"] = "prices/own.json";
        }
        var path = Path.Combine(folder.FullPath, "town.json");
        await File.WriteAllTextAsync(path, profile.ToJsonString(), TestContext.Current.CancellationToken);

        var (header, _) = await TestTraces.ReadAsync(
            TestTraces.Generate(new GenerateOptions { Facilities = 2, Scans = 50, Out = "" }, CityProfile.Load(path)));

        Assert.Equal("own", header.City.Files["prices/own.json"].GetProperty("id").GetString());
        Assert.All(header.City.Plan.Facilities, facility => Assert.Equal("prices/own.json", facility.Tariff));
    }
}
