using System.Text.RegularExpressions;
using Parking.Simulation.Traces;
using Parking.Simulation.Traces.Importing;

namespace Parking.ScannerSim.Tests.Traces;

/// <summary>The program can read the examples in docs/traces.md.</summary>
public partial class TraceDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "traces.md"));

    [Fact]
    public async Task Example_IsATraceWithALineOfEveryType()
    {
        var example = Block().Matches(Document).Single(block => block.Groups[1].Value == "ndjson").Groups[2].Value;

        var (header, events) = await TestTraces.ReadAsync(example.TrimEnd('\n').Split('\n'));

        var types = TypeOf().Matches(example).Select(type => type.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["barrier_fault", "barrier_repaired", "inventory", "opened_by_hand", "scan", "tailgating"], types);
        var books = new NaiveBooks(header.City.Plan);
        Assert.All(events.OfType<TraceScan>(), scan => Assert.Equal(books.Decide(scan), scan.Expect));
        books.Close(events.OfType<TraceInventory>().Single());
    }

    [Theory]
    [InlineData("melbourne-2016")]
    [InlineData("leeuwarden")]
    public void Mapping_IsTheBuiltInOne(string name)
    {
        var text = EmbeddedFiles.Read($"mappings/{name}.json");

        Assert.Contains(name, ColumnMapping.BuiltIn);
        Assert.Contains(text, Document, StringComparison.Ordinal);
    }

    [GeneratedRegex("```(\\w+)\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("\"type\":\"(\\w+)\"")]
    private static partial Regex TypeOf();
}
