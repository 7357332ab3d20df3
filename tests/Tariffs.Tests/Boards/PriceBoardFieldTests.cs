using System.Globalization;
using System.Text.Json.Nodes;
using Parking.Tariffs.Boards;
using Parking.Tariffs.Documents;
using Parking.Tariffs.Tests.Documents;

namespace Parking.Tariffs.Tests.Boards;

/// <summary>
/// Whatever changes a price stands on the board: wherever a field of a document can have another value, or be left out, the board becomes
/// another.
/// </summary>
public sealed class PriceBoardFieldTests
{
    private const string DayNight = "$.versions[1].rateTables[1].rates[1]";
    private const string DayLadder = DayNight + ".bands[0].rateLines";

    /// <summary>
    /// What changes no price. The time zone is that of the place; a merchant's validation is known to drivers by its name.
    /// </summary>
    private static readonly HashSet<string> WithoutPrice = ["format", "id", "name", "note", "version", "timeZone"];

    /// <summary>Values to try where another one stands. The reader says which of them may.</summary>
    private static readonly string[] Candidates =
    [
        "0", "1", "2", "10", "30", "50", "90", "100", "150", "700", "1300", "2600", "90000", "true", "false",
        "\"PT0S\"", "\"PT7M\"", "\"PT10M\"", "\"PT30M\"", "\"PT1H\"", "\"PT2H\"", "\"P2D\"", "\"P8D\"",
        "\"USD\"", "\"up\"", "\"down\"", "\"halfUp\"", "\"halfEven\"", "\"first\"", "\"cheapest\"",
        "\"restarts\"", "\"continues\"", "\"endsWhole\"", "\"split\"", "\"runsOn\"", "\"stay\"", "\"band\"", "\"calendarDay\"",
        "\"rolling24Hours\"", "\"rolling7Days\"", "\"flatRate\"", "\"flatRateTier\"", "\"incrementingRate\"",
        "\"car\"", "\"coach\"", "\"visitor\"", "\"mon\"", "\"tue\"", "\"workday\"", "\"restDay\"", "\"publicHoliday\"",
        "\"05:30\"", "\"07:00\"", "\"10:00\"", "\"22:00\"", "\"24:00\"", "\"11-02\"", "\"03-30\"", "\"2027-08-31\"", "\"2027-09-09\"",
        "\"2025-06-01T00:00:00Z\"", "\"2028-06-01T00:00:00Z\"",
    ];

    /// <summary>Fields that hold each other in place, changed together.</summary>
    private static readonly (string Path, string Value)[][] Joints =
    [
        [("$.versions[0].validityEnd", "\"2025-06-01T00:00:00Z\""), ("$.versions[1].validityStart", "\"2025-06-01T00:00:00Z\"")],
        [($"{DayNight}.ladderAtBandChange", "\"continues\""), ($"{DayNight}.stepAtBandChange", "\"split\"")],
        [($"{DayLadder}[0].durationEnd", "\"PT2H\""), ($"{DayLadder}[1].durationStart", "\"PT2H\"")],
        [($"{DayLadder}[1].durationEnd", "\"PT2H\""), ($"{DayLadder}[2].durationStart", "\"PT2H\"")],
        [
            ($"{DayLadder}[0]",
            """
            { "rateLineType": "incrementingRate", "value": 1500,
              "durationStart": "PT0S", "durationEnd": "PT1H", "incrementPeriod": "PT1H" }
            """),
        ],
        [($"{DayNight}.bands[1].rateLines[0]", """{ "rateLineType": "flatRateTier", "value": 1000, "durationStart": "PT0S" }""")],
        [($"{DayNight}.caps[0].per", "\"stay\""), ($"{DayNight}.caps[3].per", "\"calendarDay\"")],
        [("$.versions[1].occupancyFactors[0]", """{ "occupancyFrom": 0, "percent": 80 }""")],
    ];

    [Fact]
    public void Board_OfADocumentWithOneFieldChanged_IsAnother()
    {
        var (silent, changed, unchanged) = (new List<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var path in LeavesOf(JsonNode.Parse(Document)!))
        {
            var boards = CandidatesFor(path).Select(candidate => (Change: $"{path} = {candidate}", Board: BoardOf(With((path, candidate)))))
                .Where(tried => tried.Board is not null).ToList();
            silent.AddRange(boards.Where(tried => tried.Board == Original).Select(tried => tried.Change));
            (boards.Count > 0 ? changed : unchanged).Add(NameOf(path));
        }

        Assert.Equal(SamePrice, silent);

        // A field that no other value can stand for proves nothing. These are held in place by others, and are changed together with them
        // below; the tests know one calendar.
        Assert.Equal(
            ["durationEnd", "durationStart", "holidayCalendar", "rateLineType", "validityEnd", "validityStart"],
            unchanged.Except(changed).Order());
    }

    [Fact]
    public void Board_OfADocumentWithFieldsChangedTogether_IsAnother() => Assert.All(Joints, joint =>
    {
        var board = BoardOf(With(joint));
        Assert.NotNull(board);
        Assert.NotEqual(Original, board);
    });

    [Fact]
    public void Board_OfADocumentWithSomethingLeftOut_IsAnother()
    {
        var silent = new List<string>();
        var accepted = 0;
        foreach (var path in BranchesOf(JsonNode.Parse(Document)!))
        {
            if (BoardOf(Without(path)) is { } board)
            {
                accepted++;
                if (board == Original)
                {
                    silent.Add(path);
                }
            }
        }

        Assert.Empty(silent);
        Assert.True(accepted > 30, $"only {accepted}");
    }

    private static string Document => TestDocuments.Everything;

    private static string Original { get; } = BoardOf(JsonNode.Parse(TestDocuments.Everything)!)!;

    /// <summary>
    /// Changes after which everything costs what it did: an only band occurs once, and nothing remains nothing however often it is owed.
    /// </summary>
    private static string[] SamePrice { get; } =
    [
        "$.versions[0].rateTables[0].rates[0].bands[0].rateLines[0].per = \"band\"",
        "$.versions[0].rateTables[0].rates[0].bands[0].rateLines[0].per = \"calendarDay\"",
        "$.versions[1].rateTables[1].rates[0].bands[0].rateLines[0].per = \"band\"",
    ];

    /// <summary>Other values of the same look: numbers for a number, lengths for a length, words for a word.</summary>
    private static IEnumerable<string> CandidatesFor(string path)
    {
        var value = Find(JsonNode.Parse(Document)!, path).ToJsonString();
        return Candidates.Where(candidate => LookOf(candidate) == LookOf(value) && candidate != value);
    }

    private static (char Kind, int Digits) LookOf(string json) => json switch
    {
        "true" or "false" => ('b', 0),
        ['"', 'P', ..] => ('P', 0),
        ['"', >= '0' and <= '9', ..] => ('t', json.Length),
        ['"', ..] => ('w', 0),
        _ => ('n', 0),
    };

    private static JsonNode With(params ReadOnlySpan<(string Path, string Value)> changes)
    {
        var root = JsonNode.Parse(Document)!;
        foreach (var (path, value) in changes)
        {
            Find(root, path).ReplaceWith(JsonNode.Parse(value));
        }

        return root;
    }

    private static JsonNode Without(string path)
    {
        var root = JsonNode.Parse(Document)!;
        var node = Find(root, path);
        if (node.Parent is JsonArray list)
        {
            list.Remove(node);
        }
        else
        {
            ((JsonObject)node.Parent!).Remove(node.GetPropertyName());
        }

        return root;
    }

    /// <summary>All lines of all versions; null if the document is refused.</summary>
    private static string? BoardOf(JsonNode document)
    {
        try
        {
            var tariff = TestDocuments.Read(document.ToJsonString());
            return string.Join(
                '\n', tariff.Versions.SelectMany(version => PriceBoard.Describe(version)).Select(line => $"{line.Zh}\n{line.En}"));
        }
        catch (TariffDocumentException)
        {
            return null;
        }
    }

    private static IEnumerable<string> LeavesOf(JsonNode node) =>
        BranchesOf(node).Where(path => Find(node, path) is JsonValue);

    /// <summary>Every field and every member of a list, by its path.</summary>
    private static IEnumerable<string> BranchesOf(JsonNode node) => node switch
    {
        JsonObject fields => fields.Where(field => !WithoutPrice.Contains(field.Key))
            .SelectMany(field => BranchesOf(field.Value!).Prepend(field.Value!.GetPath())),
        JsonArray list => list.SelectMany(item => BranchesOf(item!).Prepend(item!.GetPath())),
        _ => [],
    };

    private static JsonNode Find(JsonNode root, string path) =>
        path[2..].Replace("[", ".[", StringComparison.Ordinal).Split('.').Aggregate(root, (node, step) =>
            step[0] == '[' ? node[int.Parse(step[1..^1], CultureInfo.InvariantCulture)]! : node[step]!);

    private static string NameOf(string path) => path[(path.LastIndexOf('.') + 1)..].Split('[')[0];
}
