namespace Parking.ScannerSim.Tests.EndToEnd;

public class DemoEndTests
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
}
