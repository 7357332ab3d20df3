using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Parking.ScannerSim.Tests.EndToEnd;

public partial class DemoEndTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_ServiceDoesNotStart_ExitsWithTwoAndShowsItsLastLines()
    {
        await using var simulator = SimulatorProcess.Start(
            ["demo", "--plain", "--store", "embedded"], new Dictionary<string, string> { ["RateLimits__MintsPerMinute"] = "0" });

        Assert.Equal(ExitCodes.CannotRun, await simulator.WaitForExitAsync(Cancellation));
        Assert.Contains("The service ended while starting. Its last output:", simulator.Output, StringComparison.Ordinal);
        Assert.Contains("MintsPerMinute", simulator.Output, StringComparison.Ordinal);
    }

    /// <summary>Ctrl+C, the end of a session, the closed terminal. With so many drivers the demo does not end by itself before.</summary>
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Demo_Stopped_EndsWithTheServiceItStartedAndItsFolder(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends signals with the program kill, which Windows does not have.");
        using var folder = new TempFolder();
        await using var simulator = SimulatorProcess.Start(
            ["demo", "--plain", "--store", "embedded", "--drivers", "400"],
            new Dictionary<string, string> { ["TMPDIR"] = folder.Path });
        var address = ServiceAddress().Match(await simulator.WaitForLineAsync("service ", Cancellation));
        var port = int.Parse(address.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        Assert.NotEmpty(Directory.EnumerateDirectories(folder.Path));

        await simulator.SignalAsync(signal, Cancellation);

        Assert.Equal(ExitCodes.Stopped, await simulator.WaitForExitAsync(Cancellation));
        using var client = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(async () => await client.ConnectAsync("127.0.0.1", port, Cancellation));
        Assert.Empty(Directory.EnumerateDirectories(folder.Path));
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex ServiceAddress();
}
