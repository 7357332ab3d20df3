using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Tariffs;
using Parking.Tariffs.Documents;

namespace Parking.Api.Tests.Facilities;

public sealed class CityFileTests
{
    private const string Valid = """
        {
          "timeZone": "Asia/Shanghai",
          "districts": [{ "id": "d1", "name": { "zh": "一区", "en": "One" } }],
          "facilities": [
            {
              "id": "f1", "district": "d1", "name": { "zh": "停车场", "en": "Car park" }, "capacity": 10,
              "enforcesCapacity": false, "missedEntry": "assist", "timeZone": "Asia/Urumqi",
              "gates": [{ "id": "f1-in", "direction": "entry" }, { "id": "f1-out", "direction": "exit" }]
            }
          ]
        }
        """;

    [Fact]
    public void Read_OfAValidFile_HasEverythingInIt()
    {
        var city = Read(Valid);

        var facility = city.FindFacility(new("f1"))!;
        Assert.Equal(
            (10, false, MissedEntryPolicy.Assist, "Asia/Urumqi"),
            (facility.Capacity, facility.EnforcesCapacity, facility.MissedEntry, facility.TimeZone.Id));
        Assert.Equal(new LocalizedText("停车场", "Car park"), facility.Name);
        Assert.Equal(GateDirection.Exit, city.FindGate(new("f1-out"))!.Direction);
        Assert.Equal([facility], city.Facilities);
        Assert.Null(city.FindGate(new("f2-in")));
    }

    /// <summary>The members are read from what the service expects in place of one that it does not know.</summary>
    [Theory]
    [InlineData("more", null)]
    [InlineData("districts[0].more", "district")]
    [InlineData("facilities[0].more", "facility")]
    [InlineData("facilities[0].offline", "facility", "offline")]
    [InlineData("facilities[0].name.more", "name")]
    [InlineData("facilities[0].gates[0].more", "gate")]
    public async Task Schema_OfTheDocuments_HasTheMembersThatTheServiceReads(string unknown, string? definition, string? member = null)
    {
        var schema = JsonNode.Parse(await DocumentAsync("Documents/city-file.schema.json"))!;
        var form = definition is null ? schema : schema["$defs"]![definition]!;
        form = member is null ? form : form["properties"]![member]!;

        var read = Assert.Single(ErrorsOf(With(unknown, member is null ? "1" : "{\"more\":1}"))).Expected;

        Assert.Equal(read, $"one of {string.Join(", ", form["properties"]!.AsObject().Select(property => property.Key))}");
    }

    /// <summary>The page's tables have every member, and its example of errors is what the service says.</summary>
    [Fact]
    public async Task Page_OfTheDocuments_HasEveryMemberAndTheErrorsAsTheServiceSaysThem()
    {
        var page = await DocumentAsync("Documents/city-file.md");
        var schema = JsonNode.Parse(await DocumentAsync("Documents/city-file.schema.json"))!;
        var rows = page.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Split('|')[1]).ToList();
        var smallest = page.Split("```json")[1].Split("```")[0];
        var wrong = Change("facilities[0].capacity", (parent, name) => Set(parent, name, "40"), smallest);
        wrong = Change("facilities[0].gates[1].direction", (parent, name) => Set(parent, name, "entry"), wrong);

        var error = Assert.Throws<CityFileException>(() => Read(wrong));

        Assert.All(
            new[] { schema, schema["$defs"]!["district"]!, schema["$defs"]!["facility"]!, schema["$defs"]!["gate"]! }
                .SelectMany(form => form["properties"]!.AsObject().Select(property => property.Key)),
            member => Assert.Contains(rows, row => row.Contains($"`{member}`", StringComparison.Ordinal)));
        Assert.Contains(
            string.Join('\n', error.Message.Split(Environment.NewLine).Select(line => $"    {line}")), page, StringComparison.Ordinal);
    }

    /// <summary>The schema for editors and the service agree, and the page's smallest city is one.</summary>
    [Fact]
    public async Task Schema_OfTheDocuments_TakesTheCitiesThatTheServiceTakes()
    {
        var schema = JsonSchema.FromText(await DocumentAsync("Documents/city-file.schema.json"));
        var smallest = (await DocumentAsync("Documents/city-file.md")).Split("```json")[1].Split("```")[0];
        var demo = await DocumentAsync("DemoCity/city.json");

        Assert.Single(Read(smallest).Facilities);
        foreach (var city in new[]
        {
            Valid,
            smallest,
            demo,
            With("facilities[0].offline", """{"policy":"shut","openingsPerHour":0}"""),
            With("arrears", "\"open\""),
            With("facilities[0].arrears", "\"open\""),
        })
        {
            Assert.True(schema.Evaluate(JsonElement.Parse(city)).IsValid, city);
        }
    }

    [Theory]
    [InlineData("districts[0].id", "\"Upper\"")]
    [InlineData("districts[0].more", "1")]
    [InlineData("districts[0].outline", "[[0,0],[1,1]]")]
    [InlineData("facilities[0].capacity", "0")]
    [InlineData("facilities[0].name.en", "\" \"")]
    [InlineData("facilities[0].missedEntry", "\"refuse\"")]
    [InlineData("arrears", "\"refuse\"")]
    [InlineData("facilities[0].arrears", "\"refuse\"")]
    [InlineData("facilities[0].offline", """{"policy":"ajar"}""")]
    [InlineData("facilities[0].tariff", "\"../hsp.json\"")]
    [InlineData("facilities[0].position", "[1]")]
    [InlineData("facilities[0].gates", """[{"id":"f1-in","direction":"in"},{"id":"f1-out","direction":"exit"}]""")]
    public async Task Schema_OfTheDocuments_RefusesWhatTheServiceRefuses(string field, string value)
    {
        var schema = JsonSchema.FromText(await DocumentAsync("Documents/city-file.schema.json"));

        Assert.Throws<CityFileException>(() => Read(With(field, value)));
        Assert.False(schema.Evaluate(JsonElement.Parse(With(field, value))).IsValid);
    }

    [Fact]
    public void Read_WithoutOptionalFields_TakesTheCitysZoneAndTheCommonPolicies()
    {
        var facility = Read(
            Without("facilities[0].enforcesCapacity", "facilities[0].missedEntry", "facilities[0].timeZone")).Facilities.Single();

        Assert.Equal(
            (true, MissedEntryPolicy.Open, "Asia/Shanghai"), (facility.EnforcesCapacity, facility.MissedEntry, facility.TimeZone.Id));
    }

    /// <summary>There is no other value yet.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("arrears")]
    [InlineData("facilities[0].arrears")]
    public void Read_Arrears_AreOpen(string? place) => Assert.Equal(
        ArrearsPolicy.Open, Read(place is null ? Valid : With(place, "\"open\"")).Facilities.Single().Arrears);

    [Theory]
    [InlineData(null, 72)]
    [InlineData("1", 1)]
    [InlineData("8784", 8784)]
    public void Read_LongestStay_IsThatOfTheFileAndOtherwiseThreeDays(string? hours, int expected) => Assert.Equal(
        NodaTime.Duration.FromHours(expected),
        Read(hours is null ? Valid : With("facilities[0].longestStayHours", hours)).Facilities.Single().LongestStay);

    [Theory]
    [InlineData(null, OfflinePolicy.Open, 120)]
    [InlineData("{}", OfflinePolicy.Open, 120)]
    [InlineData("""{"policy":"shut"}""", OfflinePolicy.Shut, 120)]
    [InlineData("""{"openingsPerHour":0}""", OfflinePolicy.Open, 0)]
    [InlineData("""{"policy":"open","openingsPerHour":100000}""", OfflinePolicy.Open, 100_000)]
    public void Read_OfflineRules_AreThoseOfTheFileAndOtherwiseTheCommonOnes(string? rules, OfflinePolicy policy, int openingsPerHour)
    {
        var facility = Read(rules is null ? Valid : With("facilities[0].offline", rules)).Facilities.Single();

        Assert.Equal(new OfflineRules { Policy = policy, OpeningsPerHour = openingsPerHour }, facility.Offline);
    }

    [Theory]
    [InlineData("timeZone", "\"Mars/Olympus\"", "$.timeZone", "'Mars/Olympus' is no time zone")]
    [InlineData("timeZone", "8", "$.timeZone", "8 stands here")]
    [InlineData("districts", "[]", "$.districts", "the list is empty")]
    [InlineData("districts", "{}", "$.districts", "an object stands here")]
    [InlineData("districts[0]", "7", "$.districts[0]", "7 stands here")]
    [InlineData("districts[0].name", "{\"zh\":\"\",\"en\":\"One\"}", "$.districts[0].name.zh", "the name is blank")]
    [InlineData("districts[0].name", "{\"zh\":\"一\"}", "$.districts[0].name.en", "the field is missing")]
    [InlineData("districts[0].id", "\"D1\"", "$.districts[0].id", "the id is not well-formed")]
    [InlineData("facilities", "null", "$.facilities", "null stands here")]
    [InlineData("facilities[0]", "\"f1\"", "$.facilities[0]", "\"f1\" stands here")]
    [InlineData("facilities[0].id", "\"Big Garage\"", "$.facilities[0].id", "the id is not well-formed")]
    [InlineData("facilities[0].id", "\"\"", "$.facilities[0].id", "the id is not well-formed")]
    [InlineData("facilities[0].id", "\"a23456789012345678901234567890123\"", "$.facilities[0].id", "the id is not well-formed")]
    [InlineData("facilities[0].district", "\"d2\"", "$.facilities[0].district", "there is no district 'd2'")]
    [InlineData("facilities[0].capacity", "0", "$.facilities[0].capacity", "0 is out of range")]
    [InlineData("facilities[0].capacity", "100001", "$.facilities[0].capacity", "100001 is out of range")]
    [InlineData("facilities[0].capacity", "1.5", "$.facilities[0].capacity", "1.5 stands here")]
    [InlineData("facilities[0].capacity", "\"10\"", "$.facilities[0].capacity", "\"10\" stands here")]
    [InlineData("facilities[0].enforcesCapacity", "\"yes\"", "$.facilities[0].enforcesCapacity", "\"yes\" stands here")]
    [InlineData("facilities[0].missedEntry", "\"close\"", "$.facilities[0].missedEntry", "'close' is neither")]
    [InlineData("arrears", "\"refuse\"", "$.arrears", "'refuse' stands here")]
    [InlineData("facilities[0].arrears", "\"refuse\"", "$.facilities[0].arrears", "'refuse' stands here")]
    [InlineData("facilities[0].arrears", "true", "$.facilities[0].arrears", "true stands here")]
    [InlineData("facilities[0].offline", "\"shut\"", "$.facilities[0].offline", "\"shut\" stands here")]
    [InlineData("facilities[0].offline", "{\"policy\":\"closed\"}", "$.facilities[0].offline.policy", "'closed' is neither")]
    [InlineData("facilities[0].longestStayHours", "0", "$.facilities[0].longestStayHours", "0 is out of range")]
    [InlineData("facilities[0].longestStayHours", "8785", "$.facilities[0].longestStayHours", "8785 is out of range")]
    [InlineData("facilities[0].offline", "{\"openingsPerHour\":-1}", "$.facilities[0].offline.openingsPerHour", "-1 is out of range")]
    [InlineData(
        "facilities[0].offline", "{\"openingsPerHour\":100001}", "$.facilities[0].offline.openingsPerHour", "100001 is out of range")]
    [InlineData("facilities[0].offline", "{\"openings\":1}", "$.facilities[0].offline.openings", "the field is unknown")]
    [InlineData("facilities[0].timeZone", "\"CST\"", "$.facilities[0].timeZone", "'CST' is no time zone")]
    [InlineData("districts[0].outline", "[]", "$.districts[0].outline", "the list is empty")]
    [InlineData("districts[0].outline", "[[0,0],[0,9]]", "$.districts[0].outline", "the list has 2 members")]
    [InlineData("districts[0].outline", "[[0,0],[0,9],[9]]", "$.districts[0].outline[2]", "the list has 1 member")]
    [InlineData("districts[0].outline", "[[0,0],[0,9],[9,1001]]", "$.districts[0].outline[2][1]", "1001 is out of range")]
    [InlineData("districts[0].outline", "[[0,0],[0,9],{}]", "$.districts[0].outline[2]", "an object stands here")]
    [InlineData("facilities[0].position", "[1,2,3]", "$.facilities[0].position", "the list has 3 members")]
    [InlineData("facilities[0].position", "[-1,2]", "$.facilities[0].position[0]", "-1 is out of range")]
    [InlineData("facilities[0].position", "[1,2.5]", "$.facilities[0].position[1]", "2.5 stands here")]
    [InlineData("facilities[0].position", "\"north\"", "$.facilities[0].position", "\"north\" stands here")]
    [InlineData("facilities[0].colour", "1", "$.facilities[0].colour", "the field is unknown")]
    [InlineData("facilities[0].gates", "[]", "$.facilities[0].gates", "the list is empty")]
    [InlineData(
        "facilities[0].gates[1].id", "\"f1-in\"", "$.facilities[0].gates[1].id", "'f1-in' stands at $.facilities[0].gates[0].id already")]
    [InlineData("facilities[0].gates[1].direction", "\"entry\"", "$.facilities[0].gates", "there is no exit gate")]
    [InlineData("facilities[0].gates[0].direction", "\"exit\"", "$.facilities[0].gates", "there is no entry gate")]
    [InlineData("more", "1", "$.more", "the field is unknown")]
    public void Read_WithOneThingWrong_SaysWhereAndWhat(string field, string value, string path, string problem)
    {
        var error = Assert.Single(ErrorsOf(With(field, value)));

        Assert.Equal(path, error.Path);
        Assert.StartsWith(problem, error.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(error.Expected);
    }

    [Theory]
    [InlineData("timeZone", "$.timeZone")]
    [InlineData("districts[0].id", "$.districts[0].id")]
    [InlineData("facilities[0].capacity", "$.facilities[0].capacity")]
    [InlineData("facilities[0].district", "$.facilities[0].district")]
    [InlineData("facilities[0].name", "$.facilities[0].name")]
    [InlineData("facilities[0].gates", "$.facilities[0].gates")]
    [InlineData("facilities[0].gates[0].id", "$.facilities[0].gates[0].id")]
    public void Read_WithoutARequiredField_SaysWhich(string field, string path) =>
        Assert.Contains(ErrorsOf(Without(field)), error => error.Path == path && error.Problem == "the field is missing");

    [Fact]
    public void Read_OfAMap_HasOutlinesAndPositions()
    {
        var withOutline = With("districts[0].outline", "[[0,0],[1000,0],[500,1000]]");
        var city = Read(Change("facilities[0].position", (parent, name) => Set(parent, name, JsonNode.Parse("[500,0]")), withOutline));

        Assert.Equal([new(0, 0), new(1000, 0), new(500, 1000)], Assert.Single(city.Districts).Outline);
        Assert.Equal(new MapPoint(500, 0), Assert.Single(city.Facilities).Position);
    }

    [Fact]
    public void Read_OfAnOutlineWithTooManyPoints_SaysHowManyThereMayBe()
    {
        var outline = $"[{string.Join(',', Enumerable.Range(0, 65).Select(x => $"[{x},1]"))}]";

        var error = Assert.Single(ErrorsOf(With("districts[0].outline", outline)));

        Assert.Equal(("the list has 65 members", "a list of 3 to 64 points [x, y]"), (error.Problem, error.Expected));
    }

    [Fact]
    public void Read_WithADistrictTwice_SaysWhereTheFirstIs()
    {
        var errors = ErrorsOf(With("districts", """[{"id":"d1","name":{"zh":"一","en":"One"}},{"id":"d1","name":{"zh":"二","en":"Two"}}]"""));

        Assert.Equal(
            new DocumentError("$.districts[1].id", "'d1' stands at $.districts[0].id already", "an id of its own"), Assert.Single(errors));
    }

    [Fact]
    public void Read_WithManyThingsWrong_SaysThemAll()
    {
        var errors = ErrorsOf("""
            {"timeZone":"x","districts":[{"id":"d1","name":{"zh":"一","en":"One"}}],
             "facilities":[{"id":"f","district":"d9","name":{"zh":"停","en":"P"},"capacity":-1,"gates":[{"id":"g","direction":"entry"}]},
                           {"id":"f","district":"d1","name":{"zh":"停","en":"P"},"capacity":1,
                            "gates":[{"id":"h","direction":"entry"},{"id":"i","direction":"exit"}]}]}
            """);

        Assert.Equal(
            ["$.timeZone", "$.facilities[0].district", "$.facilities[0].capacity", "$.facilities[0].gates", "$.facilities[1].id"],
            errors.Select(error => error.Path));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"timeZone":"Asia/Shanghai","timeZone":"Asia/Urumqi"}""")]
    public void Read_OfSomethingElseThanJson_SaysSo(string text) => Assert.Equal("$", Assert.Single(ErrorsOf(text)).Path);

    [Fact]
    public void Read_OfAList_SaysThatAnObjectIsExpected() =>
        Assert.Equal(
            new DocumentError("$", "a list stands here", "an object with note, timeZone, holidayCalendars, arrears, districts, facilities"),
            Assert.Single(ErrorsOf("[]")));

    [Fact]
    public void ReadFile_TooLarge_SaysHowLargeItMayBe()
    {
        using var folder = new TempFolder();
        using (var file = File.Create(folder.PathOf("large.json")))
        {
            file.SetLength(CityFileReader.MaxBytes + 1);
        }

        var error = Assert.Throws<CityFileException>(() => CityFileReader.ReadFile(folder.PathOf("large.json")));

        Assert.Equal("at most 16777216", Assert.Single(error.Errors).Expected);
    }

    [Fact]
    public void ReadFile_Missing_SaysSo()
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<CityFileException>(() => CityFileReader.ReadFile(folder.PathOf("none.json")));

        Assert.Contains("the file does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DemoCity_BesideTheService_HasWhatADemonstrationNeeds()
    {
        var city = CityFileReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "DemoCity", "city.json"));

        Assert.True(city.Facilities.Length >= 6);
        Assert.True(city.Facilities.Select(facility => facility.District).Distinct().Count() >= 3);
        Assert.Equal((8, 500), (city.Facilities.Min(facility => facility.Capacity), city.Facilities.Max(facility => facility.Capacity)));
        Assert.Contains(city.Facilities, facility => facility.MissedEntry == MissedEntryPolicy.Assist);
        Assert.Contains(city.Facilities, facility => !facility.EnforcesCapacity);
        Assert.All(city.Facilities, facility => Assert.Equal("Asia/Shanghai", facility.TimeZone.Id));
        Assert.All(city.Facilities, facility =>
            Assert.True(LiesWithin(city.Districts.Single(one => one.Id == facility.District).Outline, facility.Position!.Value)));
    }

    /// <summary>Whether a line from the point to the right crosses the outline an odd number of times.</summary>
    private static bool LiesWithin(IReadOnlyList<MapPoint> outline, MapPoint point)
    {
        var edges = outline.Zip(outline.Skip(1).Append(outline[0]));
        return edges.Count(edge => edge.First.Y > point.Y != edge.Second.Y > point.Y
            && point.X < edge.First.X
                + ((double)(edge.Second.X - edge.First.X) * (point.Y - edge.First.Y) / (edge.Second.Y - edge.First.Y))) % 2 == 1;
    }

    private static Task<string> DocumentAsync(string file) =>
        File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, file), TestContext.Current.CancellationToken);

    private static CityDirectory Read(string json) => CityFileReader.Read("city.json", Encoding.UTF8.GetBytes(json));

    private static IReadOnlyList<DocumentError> ErrorsOf(string json) => Assert.Throws<CityFileException>(() => Read(json)).Errors;

    private static string With(string field, string value) => Change(field, (parent, name) => Set(parent, name, JsonNode.Parse(value)));

    private static string Without(params ReadOnlySpan<string> fields)
    {
        var json = Valid;
        foreach (var field in fields)
        {
            json = Change(field, (parent, name) => ((JsonObject)parent).Remove(name), json);
        }

        return json;
    }

    /// <summary>Walks to the parent of a field such as <c>facilities[0].capacity</c> and changes it there.</summary>
    private static string Change(string field, Action<JsonNode, string> change, string json = Valid)
    {
        var root = JsonNode.Parse(json)!;
        var steps = field.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var parent = steps[..^1].Aggregate(root, (node, step) => step[0] == '[' ? node[step[1] - '0']! : node[step]!);
        change(parent, steps[^1]);
        return root.ToJsonString();
    }

    private static void Set(JsonNode parent, string step, JsonNode? value)
    {
        if (step[0] == '[')
        {
            parent[step[1] - '0'] = value;
        }
        else
        {
            parent[step] = value;
        }
    }
}
