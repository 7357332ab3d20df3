using System.Diagnostics;
using Parking.ScannerSim.Tests.Traces;

namespace Parking.ScannerSim.Tests.EndToEnd;

/// <summary>Ctrl+C, the end of a session, the closed terminal: a command leaves no process and no file behind.</summary>
public sealed class StoppedCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>The signals that the demo gets. Both commands hear them in the same place, so at the quick depth each gets some.</summary>
    public static TheoryData<string> DemoSignals => Depth.Name == "quick" ? ["INT", "HUP"] : ["INT", "TERM", "HUP"];

    public static TheoryData<string> ReplaySignals => Depth.Name == "quick" ? ["TERM"] : ["INT", "TERM", "HUP"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>With so many drivers the demo does not end by itself before.</summary>
    [Theory]
    [MemberData(nameof(DemoSignals))]
    public Task Demo_Stopped_EndsWithTheServiceItStartedAndItsFolder(string signal) =>
        EndsWithAllItStartedAsync(["demo", "--plain", "--store", "embedded", "--drivers", "400"], "service ", signal);

    [Theory]
    [MemberData(nameof(ReplaySignals))]
    public async Task Replay_Stopped_EndsWithTheServiceItStartedAndItsFolder(string signal)
    {
        // At the speed of real time, the replay waits for an hour.
        var trace = _folder.PathOf("hour.ndjson");
        await File.WriteAllLinesAsync(
            trace, [TestTraces.Header, """{"at":"2026-05-04T01:00:00Z","gate":"in","type":"scan","driver":"d1"}"""], Cancellation);

        await EndsWithAllItStartedAsync(["replay", trace, "--speed", "1x", "--plain", "--store", "embedded"], "hour.ndjson: ", signal);
    }

    private async Task EndsWithAllItStartedAsync(string[] command, string firstLine, string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends signals with the program kill, which Windows does not have.");
        var temporary = Directory.CreateDirectory(_folder.PathOf("temporary")).FullName;
        await using var simulator = SimulatorProcess.Start(command, new Dictionary<string, string> { ["TMPDIR"] = temporary });
        await simulator.WaitForLineAsync(firstLine, Cancellation);
        var children = await simulator.FindChildrenAsync(Cancellation);

        Assert.NotEmpty(children);
        Assert.NotEmpty(Directory.EnumerateDirectories(temporary));

        await simulator.SignalAsync(signal, Cancellation);

        Assert.Equal(ExitCodes.Stopped, await simulator.WaitForExitAsync(Cancellation));
        Assert.All(children, child => Assert.Throws<ArgumentException>(() => Process.GetProcessById(child)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));
    }
}
