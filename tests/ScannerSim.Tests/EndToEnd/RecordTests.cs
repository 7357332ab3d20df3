using Parking.GateProtocol;
using Parking.Optics.Programs;
using Parking.ScannerSim.Tests.Traces;
using Parking.Simulation.Service;
using Parking.Simulation.Traces;

namespace Parking.ScannerSim.Tests.EndToEnd;

/// <summary>
/// Replays a day against the real service while a second process records it. The recording has the same events under other names, and it
/// can be replayed too.
/// </summary>
public sealed class RecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RecordedDay_IsTheDayThatHappened_AndCanBeReplayed()
    {
        var (trace, recorded, settings) = (PathOf("day.ndjson"), PathOf("recorded.ndjson.gz"), PathOf("data/simulation.json"));
        await RunAsync("generate", "--seed", "5", "--facilities", "3", "--scans", "250", "--out", trace);
        var (header, happened) = await ReadAsync(trace);
        await using (var service = await StartServiceAsync(header))
        {
            await using var recorder = SimulatorProcess.Start(
                ["record", "--api", $"{service.BaseAddress}", "--settings", settings, "--out", recorded]);
            await recorder.WaitForLineAsync("recording http", Cancellation);
            string[] replay = ["replay", trace, "--api", $"{service.BaseAddress}", "--settings", settings, "--plain"];
            await RunAsync(replay);
            await recorder.InterruptAsync(Cancellation);
            Assert.True(await recorder.WaitForExitAsync(Cancellation) == ExitCodes.Good, recorder.Output);
            Assert.Contains("250 of them scans", recorder.Output, StringComparison.Ordinal);

            // A second replay must be refused: the service's time is after this day.
            await using var again = SimulatorProcess.Start(replay);
            Assert.Equal(ExitCodes.CannotRun, await again.WaitForExitAsync(Cancellation));
            Assert.Contains("time never goes back", again.Output, StringComparison.Ordinal);
        }

        var (_, found) = await ReadAsync(recorded);

        Assert.Equal(Describe(happened), Describe(found));
        await RunAsync("replay", recorded, "--store", "embedded", "--plain");
    }

    [Fact]
    public async Task Recording_WhoseRecorderOrServiceIsKilled_IsATraceAsFarAsItCame()
    {
        var (recorded, cutShort) = (PathOf("recorded.ndjson"), PathOf("cut-short.ndjson"));
        await using var service = await StartServiceAsync(TestTraces.CreateHeader());
        await using (var recorder = Record(recorded))
        {
            await recorder.WaitForLineAsync("recording http", Cancellation);
        }
        await using (var again = Record(recorded))
        {
            Assert.Equal(ExitCodes.CannotRun, await again.WaitForExitAsync(Cancellation));
            Assert.Contains("Make its trace with record --from", again.Output, StringComparison.Ordinal);
        }
        Assert.False(File.Exists(recorded));
        await using var other = Record(cutShort);
        await other.WaitForLineAsync("recording http", Cancellation);

        await service.KillAsync();

        Assert.Equal(ExitCodes.Bad, await other.WaitForExitAsync(Cancellation));
        Assert.Contains("The trace has everything that came until then", other.Output, StringComparison.Ordinal);
        Assert.Empty((await ReadAsync(cutShort)).Events);
        await RunAsync("record", "--from", $"{recorded}.recording", "--out", recorded);
        Assert.Equal(TestTraces.Starts, (await ReadAsync(recorded)).Header.Starts);

        SimulatorProcess Record(string path) => SimulatorProcess.Start(
            ["record", "--api", $"{service.BaseAddress}", "--settings", PathOf("data/simulation.json"), "--out", path]);
    }

    /// <summary>Describes a day without its names. Equal names get equal numbers.</summary>
    private static List<string> Describe(IEnumerable<TraceEvent> events)
    {
        var names = new Dictionary<string, int>();
        return [.. events.Select(next => next switch
        {
            TraceScan { Show: ShownCode.Valid or ShownCode.Expired } scan =>
                $"{At(scan)} {NameOf(scan.Driver)} {scan.Vehicle?.Class}/{NameOf(scan.Vehicle?.Plate)} " +
                $"{scan.Show} {scan.Code is not null} {MoveOf(scan)} {scan.Expect}",
            TraceScan scan => $"{At(scan)} {scan.Show} {scan.Expect}",
            TraceIncident incident => $"{At(incident)} {incident.Incident}",
            TraceOpenedByHand opened => $"{At(opened)} opened by hand {opened.Driver is not null}",
            TraceInventory inventory => $"{At(inventory)} {string.Join(',', inventory.Closes.Select(NameOf).Order())} {inventory.Count}",
            _ => "",
        })];

        int NameOf(string? name) => name is null ? 0 : names.TryGetValue(name, out var number) ? number : names[name] = names.Count + 1;

        static string At(TraceEvent next) => $"{next.At} {next.Gate}";

        // The trace says what a refused vehicle would have done. A recording cannot know that.
        static VehicleMove? MoveOf(TraceScan scan) =>
            scan.Expect is ScanReason.CodeUsed or ScanReason.AlreadyParked or ScanReason.Expired ? null : scan.Then;
    }

    private async Task<SimulatedService> StartServiceAsync(TraceHeader header)
    {
        var configuration = new Dictionary<string, string>
        {
            ["City:File"] = header.City.SaveTo(PathOf("city")),
            ["Logging:LogLevel:Default"] = "Warning",
        };
#pragma warning disable RS0030 // Waits for a real process.
        return await SimulatedService.StartAsync(PathOf("data"), header.Starts, configuration, TimeProvider.System, Cancellation);
#pragma warning restore RS0030
    }

    private static async Task<(TraceHeader Header, List<TraceEvent> Events)> ReadAsync(string path)
    {
        await using var reader = await TraceReader.OpenAsync(path, Cancellation);
        var events = new List<TraceEvent>();
        await foreach (var next in reader.ReadAsync(Cancellation))
        {
            events.Add(next);
        }
        return (reader.Header, events);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        await using var simulator = SimulatorProcess.Start(arguments);
        var code = await simulator.WaitForExitAsync(Cancellation);
        Assert.True(code == ExitCodes.Good, simulator.Output);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullPath, name);
}
