using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Parking.ScannerSim.Tests.EndToEnd;

public partial class DemoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_OwnServiceEmbedded_EveryDecisionComesAndEveryInvariantHolds()
    {
        await using var simulator = SimulatorProcess.Start(["demo", "--plain", "--seed", "1", "--drivers", "24", "--store", "embedded"]);

        var code = await simulator.WaitForExitAsync(Cancellation);

        Assert.True(code == ExitCodes.Good, simulator.Output);
        Assert.Contains("embedded SQLite, as --store embedded asks", simulator.Output, StringComparison.Ordinal);
        Assert.Contains("OK 演示通过", simulator.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SP1:", simulator.Output, StringComparison.Ordinal);
        foreach (var reason in new[]
        {
            "entered", "exited", "missed_entry", "not_a_code", "unknown_key", "bad_signature", "expired", "code_used", "already_parked", "full", "call_attendant",
        })
        {
            Assert.Matches($@"│ {reason} +│.*│ +[1-9][0-9]* │ +[1-9][0-9]* │", simulator.Output);
        }
    }

    [Fact]
    public async Task Demo_ServiceDoesNotStart_ExitsWithTwoAndShowsItsLastLines()
    {
        await using var simulator = SimulatorProcess.Start(
            ["demo", "--plain", "--store", "embedded"], new Dictionary<string, string> { ["RateLimits__MintsPerMinute"] = "0" });

        Assert.Equal(ExitCodes.CannotRun, await simulator.WaitForExitAsync(Cancellation));
        Assert.Contains("The service ended while starting. The last it said:", simulator.Output, StringComparison.Ordinal);
        Assert.Contains("MintsPerMinute", simulator.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_Interrupted_EndsWithTheServiceItStarted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends SIGINT with the program kill, which Windows does not have.");
        await using var simulator = SimulatorProcess.Start(["demo", "--plain", "--store", "embedded"]);
        var address = ServiceAddress().Match(await simulator.WaitForLineAsync("service ", Cancellation));
        var port = int.Parse(address.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        using var kill = Process.Start("kill", ["-INT", $"{simulator.Id}"]);
        await kill.WaitForExitAsync(Cancellation);

        Assert.Equal(ExitCodes.Stopped, await simulator.WaitForExitAsync(Cancellation));
        using var client = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(async () => await client.ConnectAsync("127.0.0.1", port, Cancellation));
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex ServiceAddress();
}
