using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Parking.GateProgram;
using Parking.Simulation.Replay.Report.Html;

namespace Parking.Simulation.Replay.Report;

/// <summary>Writes a report as files: an HTML page for people, and the same content as JSON.</summary>
internal static class ReportFiles
{
    private static readonly JsonSerializerOptions Options = CreateOptions();

    /// <summary>Writes both files, replacing existing ones.</summary>
    /// <param name="report">The report.</param>
    /// <param name="page">The page's path. The JSON file has the same name with <c>.json</c>.</param>
    /// <returns>The two paths.</returns>
    public static async Task<(string Page, string Json)> SaveAsync(ReplayReport report, string page, CancellationToken cancellationToken)
    {
        var json = JsonPathOf(page);
        await File.WriteAllTextAsync(page, HtmlPage.Write(report), cancellationToken);
        await File.WriteAllTextAsync(json, ToJson(report), cancellationToken);
        return (page, json);
    }

    /// <summary>The path of the JSON file. If the page itself is named .json, the JSON file gets a second extension.</summary>
    public static string JsonPathOf(string page) =>
        Path.GetExtension(page).Equals(".json", StringComparison.OrdinalIgnoreCase) ? $"{page}.json" : Path.ChangeExtension(page, ".json");

    public static string ToJson(ReplayReport report) => JsonSerializer.Serialize(report, Options) + "\n";

    /// <exception cref="JsonException">The text is not a report.</exception>
    public static ReplayReport FromJson(string json) =>
        JsonSerializer.Deserialize<ReplayReport>(json, Options) ?? throw new JsonException("A report must be a JSON object.");

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions();
        ClientJson.Configure(options);

        // Chinese characters are not escaped. Characters that could end a script or a comment are.
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.MakeReadOnly();
        return options;
    }
}
