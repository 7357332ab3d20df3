using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.EndToEnd;

public class DemoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// Store, and what the demo says of it. At the quick depth one: the project's check runs the demo with the other itself.
    /// </summary>
    public static TheoryData<string, string> Stores => Depth.Name == "quick"
        ? new() { { "embedded", "embedded SQLite" } }
        : new() { { "embedded", "embedded SQLite" }, { "redis", "a private redis-server" } };

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Demo_OwnService_EveryDecisionComesAndEveryInvariantHolds(string store, string says)
    {
        Assert.SkipWhen(
            store == "redis" && StoreChoiceFails(await PrivateRedis.FindAsync(Cancellation)),
            "There is no redis-server 7 or newer on the PATH.");
        await using var simulator = SimulatorProcess.Start(["demo", "--plain", "--seed", "1", "--drivers", "24", "--store", store]);

        var code = await simulator.WaitForExitAsync(Cancellation);

        Assert.True(code == ExitCodes.Good, simulator.Output);
        Assert.Contains(says, simulator.Output, StringComparison.Ordinal);
        Assert.Contains("OK 演示通过", simulator.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("SP[12]:", simulator.Output);
        foreach (var reason in new[]
        {
            "entered", "exited", "missed_entry", "not_a_code", "unknown_key", "bad_signature", "expired",
            "code_used", "already_parked", "full", "call_attendant",
        })
        {
            Assert.Matches($@"│ {reason} +│.*│ +[1-9][0-9]* │ +[1-9][0-9]* │", simulator.Output);
        }
    }

    private static bool StoreChoiceFails((string Path, Version Version)? found) =>
        found is not { Version.Major: >= PrivateRedis.LeastMajorVersion };
}
