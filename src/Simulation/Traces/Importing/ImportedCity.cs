using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parking.Simulation.Traces.Importing;

/// <summary>
/// Creates a city from the facilities of a table. Tables do not name gates, so each facility gets some, and each driver always uses the
/// same one.
/// </summary>
internal sealed class ImportedCity
{
    private const int LongestId = 24, LongestName = 80;
    private const string District = "imported";

    private readonly ColumnMapping _mapping;
    private readonly List<string> _ids;

    /// <param name="table">The table with the facilities.</param>
    public ImportedCity(ImportedTable table)
    {
        _mapping = table.Mapping;
        _ids = NameAll(table);
        var facilities = Enumerable.Range(0, table.Facilities.Count).OrderBy(number => _ids[number], StringComparer.Ordinal);
        var city = new JsonObject
        {
            ["note"] = $"IMPORTED DATA. {table.Mapping.Source}",
            ["timeZone"] = _mapping.TimeZone.Id,
            ["districts"] = new JsonArray(new JsonObject
            {
                ["id"] = District,
                ["name"] = new JsonObject { ["zh"] = "导入数据", ["en"] = "Imported" },
            }),
            ["facilities"] = new JsonArray([.. facilities.Select(number => Describe(table.Facilities[number], _ids[number]))]),
        };
        City = new TraceCity(JsonSerializer.SerializeToElement(city), new Dictionary<string, JsonElement>());
    }

    public TraceCity City { get; }

    /// <summary>The gate that a driver uses.</summary>
    public string GateFor(int facility, string driver, bool isExit) =>
        GateName(_ids[facility], isExit, (int)(Hash(driver) % (uint)_mapping.Lanes) + 1);

    private JsonObject Describe(string text, string id) => new()
    {
        ["id"] = id,
        ["district"] = District,
        ["name"] = new JsonObject { ["zh"] = NameOf(_mapping.Facility.Name.Zh, text), ["en"] = NameOf(_mapping.Facility.Name.En, text) },
        ["capacity"] = _mapping.Capacity,
        ["enforcesCapacity"] = false,
        ["gates"] = new JsonArray([.. DescribeGates(id, isExit: false), .. DescribeGates(id, isExit: true)]),
    };

    private IEnumerable<JsonObject> DescribeGates(string id, bool isExit) =>
        Enumerable.Range(1, _mapping.Lanes).Select(
            lane => new JsonObject { ["id"] = GateName(id, isExit, lane), ["direction"] = isExit ? "exit" : "entry" });

    private static string GateName(string facility, bool isExit, int lane) =>
        string.Create(CultureInfo.InvariantCulture, $"{facility}-{(isExit ? "out" : "in")}-{lane}");

    private static string NameOf(string form, string text)
    {
        var name = form.Replace("{}", text, StringComparison.Ordinal);
        return name.Length <= LongestName ? name : name[..LongestName];
    }

    /// <summary>
    /// The ids of the facilities: the text in lower case, with a number appended if two would be equal. They are assigned in the order of
    /// the texts, so that they do not depend on the order of the rows.
    /// </summary>
    private static List<string> NameAll(ImportedTable table)
    {
        var ids = new string[table.Facilities.Count];
        var taken = new HashSet<string>();
        foreach (var number in Enumerable.Range(0, ids.Length).OrderBy(number => table.Facilities[number], StringComparer.Ordinal))
        {
            var id = IdOf(table.Mapping.Facility.Id + table.Facilities[number]);
            var free = id;
            for (var twin = 2; !taken.Add(free); twin++)
            {
                free = $"{id}-{twin}";
            }
            ids[number] = free;
        }
        return [.. ids];
    }

    private static string IdOf(string text)
    {
        var id = new StringBuilder();
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character))
            {
                id.Append(character);
            }
            else if (id.Length > 0 && id[^1] != '-')
            {
                id.Append('-');
            }
        }
        var found = id.ToString(0, Math.Min(id.Length, LongestId)).Trim('-');
        return found.Length > 0 ? found : "facility";
    }

    /// <summary>FNV-1a. It is the same on every machine and in every run; string.GetHashCode is not.</summary>
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ value) * 16777619u);
        }
        return hash;
    }
}
