using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Parking.GateProgram;
using Parking.Simulation.Replay.Report.Html;

namespace Parking.Simulation.Replay.Report;

/// <summary>A report as files: the page for people, and beside it the same as JSON.</summary>
internal static class ReportFiles
{
    private static readonly JsonSerializerOptions Options = CreateOptions();

    /// <summary>Writes both files, over what is there.</summary>
    /// <param name="report">What they say.</param>
    /// <param name="page">Where the page goes; the JSON has the same name with <c>.json</c>.</param>
    /// <returns>The two paths.</returns>
    public static async Task<(string Page, string Json)> SaveAsync(ReplayReport report, string page, CancellationToken cancellationToken)
    {
        var json = JsonPathOf(page);
        await File.WriteAllTextAsync(page, HtmlPage.Write(report), cancellationToken);
        await File.WriteAllTextAsync(json, ToJson(report), cancellationToken);
        return (page, json);
    }

    /// <summary>Where the JSON goes. A page that is itself called .json keeps its name, and the JSON gets a second ending.</summary>
    public static string JsonPathOf(string page) =>
        Path.GetExtension(page).Equals(".json", StringComparison.OrdinalIgnoreCase) ? $"{page}.json" : Path.ChangeExtension(page, ".json");

    public static string ToJson(ReplayReport report) => JsonSerializer.Serialize(report, Options) + "\n";

    /// <exception cref="JsonException">It is no report.</exception>
    public static ReplayReport FromJson(string json) =>
        JsonSerializer.Deserialize<ReplayReport>(json, Options) ?? throw new JsonException("A report is an object.");

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions();
        ClientJson.Configure(options);

        // Chinese as it is; what could end a script or a comment is escaped all the same.
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.MakeReadOnly();
        return options;
    }
}
