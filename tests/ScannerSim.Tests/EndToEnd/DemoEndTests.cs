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

    [Fact]
    public async Task Demo_Interrupted_EndsWithTheServiceItStarted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends SIGINT with the program kill, which Windows does not have.");
        await using var simulator = SimulatorProcess.Start(["demo", "--plain", "--store", "embedded"]);
        var address = ServiceAddress().Match(await simulator.WaitForLineAsync("service ", Cancellation));
        var port = int.Parse(address.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        await simulator.InterruptAsync(Cancellation);

        Assert.Equal(ExitCodes.Stopped, await simulator.WaitForExitAsync(Cancellation));
        using var client = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(async () => await client.ConnectAsync("127.0.0.1", port, Cancellation));
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex ServiceAddress();
}
