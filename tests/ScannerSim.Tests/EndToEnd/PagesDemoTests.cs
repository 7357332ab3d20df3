using System.Diagnostics;
using System.Net.Sockets;
using Parking.Optics.Programs;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.EndToEnd;

public sealed class PagesDemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DemoPages_Interrupted_EndsWellWithAllThatItStartedAndItsFolders()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends SIGINT with the program kill, which Windows does not have.");
        var port = LoopbackPort.FindFree();
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, port);
        taken.Start();
        await using var simulator = Start(port);
        var origin = Origin(await simulator.WaitForLineAsync("Operators: ", Cancellation));
        Assert.InRange(origin.Port, port + 1, port + 100);
        Assert.EndsWith(
            "/driver  sign in as Lin Xia or Zhou Ming",
            await simulator.WaitForLineAsync("Drivers: ", Cancellation),
            StringComparison.Ordinal);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Contains("yuyuan", await http.GetStringAsync(new Uri(origin, "/v1/facilities"), Cancellation), StringComparison.Ordinal);

        await simulator.InterruptAsync(Cancellation);

        var code = await simulator.WaitForExitAsync(Cancellation);
        Assert.True(code == ExitCodes.Good, simulator.Output);
        Assert.DoesNotContain("SP1:", simulator.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath, "parking-demo-*"));
        using var client = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(async () => await client.ConnectAsync("127.0.0.1", origin.Port, Cancellation));
    }

    [Fact]
    public async Task DemoPages_ServiceKilled_SaysSoAndExitsWithTwo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Kills the service with the program pkill, which Windows does not have.");
        await using var simulator = Start(LoopbackPort.FindFree());
        await simulator.WaitForLineAsync("Operators: ", Cancellation);

        await RunAsync("pkill", "-KILL", "-P", $"{simulator.Id}", "-f", "ParkingApi.dll");

        Assert.Equal(ExitCodes.CannotRun, await simulator.WaitForExitAsync(Cancellation));
        Assert.Contains("The service ended by itself. Its last output:", simulator.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath, "parking-demo-*"));
    }

    private SimulatorProcess Start(int port) => SimulatorProcess.Start(
        ["demo", "--pages", "--plain", "--store", "embedded", "--port", $"{port}"],
        new Dictionary<string, string> { ["TMPDIR"] = _folder.FullPath });

    private static Uri Origin(string line) => new(new Uri(line.Split(' ')[1]), "/");

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);
    }
}
