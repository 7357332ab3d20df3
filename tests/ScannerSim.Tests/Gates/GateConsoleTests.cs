using Parking.ScannerSim.Gates;
using Parking.ScannerSim.Tests.Gates.FakeService;

namespace Parking.ScannerSim.Tests.Gates;

public sealed class GateConsoleTests : IDisposable
{
    private readonly GateBench _bench = new();
    private readonly RecordingTime _time = new(TimeSpan.MaxValue);
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _bench.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Run_CodeThatOpens_ShowsBarrierAndDisplayButNeverTheCode()
    {
        var code = _bench.Mint();

        await RunAsync($"{code}\n");

        Assert.Contains("OPEN 开", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[欢迎 | Welcome]", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(code[..20], _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoAnswer_SaysThatItDecidedAlone()
    {
        _bench.Service.Cable = call => call == "events" ? Trouble.Lost : Trouble.None;

        await RunAsync($"{_bench.Mint()}\nSP1:FORGED-SECRET\n");

        Assert.Contains("OPEN 开  decided alone: OpenedOffline", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("shut 关  decided alone: BadEncoding", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RefusedCodeShownAgain_IsAskedOnce()
    {
        await RunAsync("poster\n\nposter\n");

        Assert.Single(_bench.Service.Books.Arrivals
            .Select(one => one.Event).OfType<GateProtocol.ReportedScan>().DistinctBy(scan => scan.Seq));
        Assert.Contains("the same scan", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TwoVehicles_BarrierFallsBetweenThem()
    {
        await RunAsync($"{_bench.Mint()}\n{_bench.Mint()}\n");

        var states = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Contains("OPEN", StringComparison.Ordinal));
        Assert.Equal([false, true, false, true, false], states);
    }

    private async Task RunAsync(string input)
    {
        using var gate = await _bench.OpenKnowingAsync();
        var console = new GateConsole("north-in-1", gate, _output, _time);
        await console.RunAsync(
            new KeyboardLines(_ => { }, _time).ReadTextAsync(new StringReader(input), TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);
    }
}
