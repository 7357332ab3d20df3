using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Parking.Optics.Programs;
using Parking.ScannerSim.Tests.Traces;

namespace Parking.ScannerSim.Tests.EndToEnd;

/// <summary>A trace of a large car park that was replayed on the embedded store with few faults, and ended with the books right.</summary>
internal sealed class OneFaultReplay : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private OneFaultReplay()
    {
    }

    /// <summary>What the command printed.</summary>
    public string Output { get; private set; } = "";

    /// <summary>The JSON of its report.</summary>
    public JsonNode Report { get; private set; } = new JsonObject();

    /// <param name="lines">The lines of the trace, after its header.</param>
    /// <param name="faults">The fault profile, as JSON.</param>
    /// <param name="faultSeed">Determines when and where the faults are.</param>
    public static async Task<OneFaultReplay> RunAsync(IEnumerable<string> lines, string faults, int faultSeed)
    {
        var replay = new OneFaultReplay();
        var (trace, profile, report) = (replay.PathOf("trace.ndjson"), replay.PathOf("profile.json"), replay.PathOf("report.html"));
        var header = TestTraces.Header.Replace("\"capacity\":5", "\"capacity\":5000", StringComparison.Ordinal);
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllLinesAsync(trace, [header, .. lines], cancellation);
        await File.WriteAllTextAsync(profile, faults, cancellation);
        await using var simulator = SimulatorProcess.Start(
            ["replay", trace, "--faults", profile, "--fault-seed", $"{faultSeed}", "--store", "embedded", "--report", report, "--plain"]);
        var code = await simulator.WaitForExitAsync(cancellation);
        Assert.True(code == ExitCodes.Good, simulator.Output);
        replay.Output = simulator.Output;
        replay.Report = JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(report, ".json"), cancellation))!;
        return replay;
    }

    /// <summary>A line of a trace.</summary>
    /// <param name="at">When it is, after the start.</param>
    /// <param name="members">Its other members, as JSON without braces.</param>
    public static string Line(Duration at, string members) => string.Create(
        CultureInfo.InvariantCulture, $"{{\"at\":\"{InstantPattern.ExtendedIso.Format(TestTraces.Starts + at)}\",{members}}}");

    public void Dispose() => _folder.Dispose();

    private string PathOf(string name) => Path.Combine(_folder.FullPath, name);
}
