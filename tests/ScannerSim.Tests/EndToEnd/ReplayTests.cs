using System.Text.Json;
using Parking.Optics.Programs;
using Parking.Simulation.Replay.Faults;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.EndToEnd;

/// <summary>
/// Replays a small generated day against the real service, with all kinds of faults. docs/replay.md describes the long runs.
/// </summary>
public sealed class ReplayTests : IDisposable
{
    /// <summary>Every kind of fault. Most of a short replay's time goes into starting the service again.</summary>
    private static readonly FaultProfile FewRestarts =
        FaultProfile.All with { StoreKills = 1, LostTails = 1, ServiceRestarts = 1, LongOutages = 1, ArchiveOutages = 1 };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("embedded")]
    [InlineData("redis")]
    public async Task GeneratedDay_WithEveryFault_EndsWithTheBooksRight(string store)
    {
        Assert.SkipWhen(
            store == "redis" && await PrivateRedis.FindAsync(Cancellation) is not { Version.Major: >= PrivateRedis.LeastMajorVersion },
            "There is no redis-server 7 or newer on the PATH.");
        var trace = Path.Combine(_folder.FullPath, "day.ndjson");
        var report = Path.Combine(_folder.FullPath, "report.html");
        await RunAsync("generate", "--seed", "11", "--facilities", "4", "--scans", "360", "--out", trace);

        await RunAsync(
            "replay", trace, "--faults", Depth.Name == "quick" ? await WriteProfileAsync(FewRestarts) : "all",
            "--fault-seed", "5", "--speed", "max",
            "--store", store, "--report", report, "--plain");

        var read = JsonDocument.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(report, ".json"), Cancellation)).RootElement;
        Assert.True(read.GetProperty("good").GetBoolean());
        Assert.Empty(read.GetProperty("mismatches").EnumerateArray());
        var counts = read.GetProperty("counts");
        Assert.Equal(360, counts.GetProperty("decisions").GetInt32());
        Assert.Equal(counts.GetProperty("staysExpected").GetInt32(), counts.GetProperty("staysMatched").GetInt32());
        Assert.True(counts.GetProperty("feesCompared").GetInt32() > 100);
        Assert.Equal(counts.GetProperty("staysExpected").GetInt32(), counts.GetProperty("archivedMatched").GetInt32());
        Assert.True(counts.GetProperty("decisionsReached").GetInt32() > 0, "No fault reached anything.");
        Assert.Equal(
            Enum.GetValues<FaultKind>().Where(kind => store == "redis" || kind != FaultKind.LoseTail).Select(FaultProfile.NameOf).Order(),
            read.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("kind").GetString()).Distinct().Order());

        // A check of nothing is none: vehicles left on codes that had expired, and disks were damaged with events on them.
        var late = read.GetProperty("decisions").EnumerateArray()
            .Single(row => row.GetProperty("reason").GetString() == "opened_offline_late");
        Assert.True(late.GetProperty("scans").GetInt32() > 0);
        Assert.True(counts.GetProperty("lateExits").GetInt32() > 0);
        Assert.True(counts.GetProperty("eventsLostWithDisk").GetInt32() > 0);
        Assert.True(counts.GetProperty("deviceCodes").GetInt32() > 100);
        Assert.DoesNotMatch("SP[12]:", await File.ReadAllTextAsync(report, Cancellation));
    }

    [Fact]
    public async Task Trace_ThatExpectsWhatIsNotSo_ExitsWith1AndNamesTheLine()
    {
        var trace = Path.Combine(_folder.FullPath, "day.ndjson");
        await RunAsync("generate", "--seed", "2", "--facilities", "1", "--scans", "20", "--out", trace);
        var lines = await File.ReadAllLinesAsync(trace, Cancellation);
        var wrong = Array.FindIndex(lines, line => line.Contains("\"expect\":\"entered\"", StringComparison.Ordinal));
        lines[wrong] = lines[wrong].Replace("\"expect\":\"entered\"", "\"expect\":\"full\"", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(trace, lines, Cancellation);

        await using var simulator = SimulatorProcess.Start(["replay", trace, "--store", "embedded", "--plain"]);

        Assert.Equal(ExitCodes.Bad, await simulator.WaitForExitAsync(Cancellation));
        Assert.Contains($"{wrong + 1}", simulator.Output, StringComparison.Ordinal);
        Assert.Contains("full", simulator.Output, StringComparison.Ordinal);
    }

    private async Task<string> WriteProfileAsync(FaultProfile profile)
    {
        var path = Path.Combine(_folder.FullPath, "faults.json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(profile, JsonSerializerOptions.Web), Cancellation);
        return path;
    }

    private static async Task RunAsync(params string[] arguments)
    {
        await using var simulator = SimulatorProcess.Start(arguments);
        var code = await simulator.WaitForExitAsync(Cancellation);
        Assert.True(code == ExitCodes.Good, simulator.Output);
    }
}
