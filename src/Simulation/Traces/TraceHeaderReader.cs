using System.Text.Json;
using NodaTime;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces;

/// <summary>Reads a trace's first line.</summary>
internal static class TraceHeaderReader
{
    private const int LineNumber = 1;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly string[] Members = ["trace", "source", "seed", "starts", "ends", "events", "scans", "city", "files"];

    /// <exception cref="TraceException">The line is not a header of a trace.</exception>
    public static TraceHeader Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The parser throws another exception for text that is not UTF-8.
            throw new TraceException(
                LineNumber, "", "not JSON, or a member is repeated, so not the header of a trace", error);
        }
    }

    private static TraceHeader Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("trace", out var version))
        {
            throw new TraceException(LineNumber, "", "not the header of a trace, which begins with {\"trace\":1,");
        }
        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number is < 1 or > TraceFormat.Version)
        {
            throw Fault("trace", $"this program reads traces up to format {TraceFormat.Version}");
        }
        if (root.EnumerateObject()
            .FirstOrDefault(member => !Members.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw Fault(unknown.Name, $"unknown member; a header has {string.Join(", ", Members)}");
        }
        var starts = ReadTime(root, "starts") ?? throw Fault("starts", "missing");
        var ends = ReadTime(root, "ends");
        if (ends < starts)
        {
            throw Fault("ends", "before starts");
        }
        return new TraceHeader
        {
            Format = number,
            Source = Find(root, "source") is { ValueKind: JsonValueKind.String } source
                ? source.GetString()!
                : throw Fault("source", "a text is missing"),
            Seed = Find(root, "seed") is { } seed ? ReadNumber(seed, "seed", long.MinValue) : null,
            Starts = starts,
            Ends = ends,
            Events = Find(root, "events") is { } events ? ReadNumber(events, "events", 0) : null,
            Scans = Find(root, "scans") is { } scans ? ReadNumber(scans, "scans", 0) : null,
            City = ReadCity(root),
        };
    }

    private static TraceCity ReadCity(JsonElement root)
    {
        var city = Find(root, "city") ?? throw Fault("city", "missing");
        var files = new Dictionary<string, JsonElement>();
        if (Find(root, "files") is { } found)
        {
            if (found.ValueKind != JsonValueKind.Object)
            {
                throw Fault("files", "an object of file names and documents is expected");
            }
            foreach (var file in found.EnumerateObject())
            {
                files.Add(file.Name, file.Value.Clone());
            }
        }
        try
        {
            return new TraceCity(city.Clone(), files);
        }
        catch (SettingsException error)
        {
            throw new TraceException(LineNumber, files.Keys.All(TraceCity.MayName) ? "city" : "files", error.Message, error);
        }
    }

    private static Instant? ReadTime(JsonElement root, string member)
    {
        if (Find(root, member) is not { } value)
        {
            return null;
        }
        return value.ValueKind == JsonValueKind.String && TraceTime.TryParse(value.GetString()!, out var at)
            ? at
            : throw Fault(member, TraceTime.Expected);
    }

    private static long ReadNumber(JsonElement value, string member, long least) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least
            ? number
            : throw Fault(member, "a whole number is expected");

    private static JsonElement? Find(JsonElement root, string member) => root.TryGetProperty(member, out var value) ? value : null;

    private static TraceException Fault(string member, string problem) => new(LineNumber, member, problem);
}
