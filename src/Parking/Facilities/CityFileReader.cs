using System.Text.Json;
using NodaTime;
using Parking.GateProtocol;
using Parking.Tariffs;
using Parking.Tariffs.Documents;

namespace Parking.Facilities;

/// <summary>Reads a city file into a <see cref="CityDirectory"/>, or reports everything that is wrong with it.</summary>
/// <remarks>
/// A part that cannot be read is noted as an error, and a substitute takes its place so that reading can go on. A file with an error never
/// becomes a directory, so nobody sees the substitute.
/// </remarks>
public sealed class CityFileReader
{
    /// <summary>Ten thousand facilities need a third of this; a larger file is not a city file.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const int MaxNameLength = 80;
    private const int MaxCapacity = 100_000;
    private const int MaxOpeningsPerHour = 100_000;
    private const int MaxLongestStayHours = 8784;
    private const string ExpectedName = "1 to 80 characters";

    private static readonly JsonDocumentOptions JsonOptions = new() { AllowDuplicateProperties = false };

    private readonly CityTariffs _tariffs;
    private readonly List<DocumentError> _errors = [];
    private readonly Dictionary<string, string> _districts = [];
    private readonly Dictionary<string, string> _facilities = [];
    private readonly Dictionary<string, string> _gates = [];

    /// <summary>Whether all districts were read. If not, a facility in an unknown district is no further error.</summary>
    private bool _districtsAreWhole;

    private CityFileReader(CityTariffs tariffs) => _tariffs = tariffs;

    /// <summary>Reads a city file, and the tariffs and calendars that it names.</summary>
    /// <exception cref="CityFileException">
    /// The file is missing, too large, not JSON or not a city, or a file that it names has an error.
    /// </exception>
    public static CityDirectory ReadFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw Refusal(
                path, Directory.Exists(path) ? "this is a folder" : "the file does not exist", "the name of a city file in City:File");
        }

        if (file.Length > MaxBytes)
        {
            throw Refusal(path, $"the file has {file.Length} bytes", $"at most {MaxBytes}");
        }

        try
        {
            return Read(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, "the file cannot be read", "a file that the service may read");
        }
    }

    /// <summary>Reads the content of a city file, and the files that it names, which lie beside it.</summary>
    /// <exception cref="CityFileException">The content is not JSON or not a city, or a file that it names has an error.</exception>
    public static CityDirectory Read(string path, ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content, JsonOptions);
            var reader = new CityFileReader(new(new(path)));
            var city = reader.ReadCity(new(document.RootElement, "$", reader._errors), content);
            return reader.AllErrors(path) is { Count: > 0 } errors ? throw new CityFileException(errors) : city;
        }
        catch (JsonException e)
        {
            throw Refusal(path, e.Message.TrimEnd('.'), "JSON in which no object names a field twice");
        }
    }

    private static CityFileException Refusal(string path, string problem, string expected) =>
        new(new FileErrors(path, [new("$", problem, expected)]));

    private List<FileErrors> AllErrors(string path) => _errors.Count == 0 ? [.. _tariffs.Errors] : [new(path, _errors), .. _tariffs.Errors];

    private CityDirectory ReadCity(DocumentNode root, ReadOnlyMemory<byte> content)
    {
        if (!root.IsObject("note", "timeZone", "holidayCalendars", "arrears", "districts", "facilities"))
        {
            return new([], [], []);
        }

        root.Optional("note")?.Text("a text for people");
        var zone = root.Required("timeZone", DocumentNode.ExpectedTimeZone)?.TimeZone();
        if (root.Optional("holidayCalendars") is { } calendars)
        {
            _tariffs.ReadCalendars(calendars);
        }

        var arrears = ReadArrears(root) ?? ArrearsPolicy.Open;
        var errorsBefore = _errors.Count;
        var districts = new List<District>();
        foreach (var node in Items(root, "districts"))
        {
            if (node.IsObject("id", "name", "outline"))
            {
                districts.Add(new(new(ReadId(node, _districts)), ReadName(node))
                {
                    Outline = node.Optional("outline") is { } outline ? MapPoint.ReadOutline(outline) : [],
                });
            }
        }

        _districtsAreWhole = _errors.Count == errorsBefore;
        var facilities = new List<Facility>();
        var gates = new List<Gate>();
        foreach (var node in Items(root, "facilities"))
        {
            if (node.IsObject(
                "id", "district", "name", "capacity", "enforcesCapacity", "missedEntry", "arrears", "offline", "longestStayHours",
                "timeZone", "position", "tariff", "gates"))
            {
                var facility = ReadFacility(node, zone, arrears);
                facilities.Add(facility);
                gates.AddRange(ReadGates(node, facility));
            }
        }

        // A directory cannot hold missing or duplicate ids; both have been noted as errors by now.
        return _errors.Count == 0
            ? new(districts, facilities, gates) { HolidayCalendars = _tariffs.Calendars, Documents = new(content, _tariffs.Contents) }
            : new([], [], []);
    }

    private Facility ReadFacility(DocumentNode node, DateTimeZone? cityZone, ArrearsPolicy cityArrears)
    {
        var zone = node.Optional("timeZone") is { } own ? own.TimeZone() : cityZone;
        return new()
        {
            Id = new(ReadId(node, _facilities)),
            District = new(ReadDistrictOf(node)),
            Name = ReadName(node),
            Capacity = node.Required("capacity", $"a whole number from 1 to {MaxCapacity}")?.WholeNumber(1, MaxCapacity) is { } capacity
                ? (int)capacity
                : 0,
            EnforcesCapacity = node.Optional("enforcesCapacity")?.Boolean() ?? true,
            MissedEntry = node.Optional("missedEntry")?.OneOf(("open", MissedEntryPolicy.Open), ("assist", MissedEntryPolicy.Assist))
                ?? MissedEntryPolicy.Open,
            Arrears = ReadArrears(node) ?? cityArrears,
            Offline = ReadOffline(node),
            LongestStay = node.Optional("longestStayHours")?.WholeNumber(1, MaxLongestStayHours) is { } hours
                ? Duration.FromHours(hours)
                : Facility.DefaultLongestStay,
            TimeZone = zone ?? DateTimeZone.Utc,
            Position = node.Optional("position") is { } position ? MapPoint.Read(position) : null,
            Tariff = node.Optional("tariff") is { } tariff ? _tariffs.Read(tariff, zone) : null,
        };
    }

    private static ArrearsPolicy? ReadArrears(DocumentNode node) => node.Optional("arrears")?.OneOf(("open", ArrearsPolicy.Open));

    private static OfflineRules ReadOffline(DocumentNode facilityNode)
    {
        var rules = Facility.DefaultOffline;
        if (facilityNode.Optional("offline") is not { } node || !node.IsObject("policy", "openingsPerHour"))
        {
            return rules;
        }

        return new()
        {
            Policy = node.Optional("policy")?.OneOf(("open", OfflinePolicy.Open), ("shut", OfflinePolicy.Shut)) ?? rules.Policy,
            OpeningsPerHour = node.Optional("openingsPerHour")?.WholeNumber(0, MaxOpeningsPerHour) is { } openings
                ? (int)openings
                : rules.OpeningsPerHour,
        };
    }

    private List<Gate> ReadGates(DocumentNode facilityNode, Facility facility)
    {
        var gates = new List<Gate>();
        foreach (var node in Items(facilityNode, "gates"))
        {
            if (node.IsObject("id", "direction"))
            {
                var id = ReadId(node, _gates);
                var direction = node.Required("direction", "entry or exit")
                    ?.OneOf(("entry", GateDirection.Entry), ("exit", GateDirection.Exit));
                gates.Add(new(new(id), direction ?? default, facility));
            }
        }

        foreach (var (direction, word) in new[] { (GateDirection.Entry, "entry"), (GateDirection.Exit, "exit") })
        {
            if (gates.Count > 0 && gates.All(gate => gate.Direction != direction))
            {
                facilityNode.Optional("gates")!.Reject($"there is no {word} gate", "at least one entry and one exit");
            }
        }

        return gates;
    }

    private static IEnumerable<DocumentNode> Items(DocumentNode node, string field)
    {
        var expected = $"a list of {field} with at least one";
        return node.Required(field, expected)?.Items(expected) ?? [];
    }

    /// <summary>Reads an id, and notes its position in <paramref name="taken"/> to find a later duplicate of the same kind.</summary>
    private static string ReadId(DocumentNode node, Dictionary<string, string> taken)
    {
        var id = node.Required("id", CityId.Expected);
        if (id?.Text(CityId.Expected) is not { } text)
        {
            return "";
        }

        if (!CityId.IsWellFormed(text))
        {
            id.Reject("the id is not well-formed", CityId.Expected);
        }
        else if (!taken.TryAdd(text, id.Path))
        {
            id.Reject($"'{text}' stands at {taken[text]} already", "an id of its own");
        }

        return text;
    }

    private string ReadDistrictOf(DocumentNode node)
    {
        const string expected = "the id of a district of this file";
        var district = node.Required("district", expected);
        var id = district?.Text(expected);
        if (id is not null && _districtsAreWhole && !_districts.ContainsKey(id))
        {
            district!.Reject($"there is no district '{id}'", expected);
        }

        return id ?? "";
    }

    private static LocalizedText ReadName(DocumentNode node) =>
        node.Required("name", "an object with zh and en") is { } name && name.IsObject("zh", "en")
            ? new(ReadText(name, "zh"), ReadText(name, "en"))
            : new("", "");

    private static string ReadText(DocumentNode node, string field)
    {
        var found = node.Required(field, ExpectedName);
        var text = found?.Text(ExpectedName);
        if (text is not null && (string.IsNullOrWhiteSpace(text) || text.Length > MaxNameLength || text.Any(char.IsControl)))
        {
            found!.Reject("the name is blank, too long or has control characters", ExpectedName);
        }

        return text ?? "";
    }
}
