using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Parking.Optics.Programs;
using Parking.Simulation.Replay.Report;

namespace Parking.ScannerSim.Tests.Replay.Report;

public class ReportFilesTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    [Fact]
    public void Json_ReadAgain_IsTheSameReport()
    {
        var json = ReportFiles.ToJson(SampleReports.Small());

        Assert.Equal(json, ReportFiles.ToJson(ReportFiles.FromJson(json)));
        Assert.Equal(json, ReportFiles.ToJson(SampleReports.Small()));
    }

    [Fact]
    public void Json_SmallReport_IsAsItWas() =>
        SampleFile.Check(
            "Replay/Report/small-report.json",
            JsonSerializer.Serialize(JsonDocument.Parse(ReportFiles.ToJson(SampleReports.Small())), Readable) + "\n");

    [Theory]
    [InlineData("report.html", "report.json")]
    [InlineData("out/day.7.html", "out/day.7.json")]
    [InlineData("report", "report.json")]
    [InlineData("report.json", "report.json.json")]
    public void JsonPath_OfAPage_HasItsName(string page, string json) => Assert.Equal(json, ReportFiles.JsonPathOf(page));

    [Fact]
    public async Task Save_Report_WritesBoth()
    {
        using var folder = new TemporaryFolder();

        var (page, json) = await ReportFiles.SaveAsync(
            SampleReports.Small(),
            Path.Combine(folder.FullPath, "report.html"),
            TestContext.Current.CancellationToken);

        Assert.Equal(["report.html", "report.json"], Directory.GetFiles(folder.FullPath).Select(Path.GetFileName).Order());
        Assert.Contains(
            "Replay report",
            await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.False(ReportFiles.FromJson(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken)).Good);
    }
}
