using System.Net;
using Parking.ScannerSim.Gates;
using Parking.ScannerSim.Gates.Sources;

namespace Parking.ScannerSim.Tests.Gates;

public sealed class GateConsoleTests : IDisposable
{
    private const string Code = "SP1:A-SECRET-OF-THE-MINUTE";

    private readonly RecordingTime _time = new(GateClientOptions.Default.AttemptTimeout);
    private readonly FakeService _service = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _service.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Run_CodeThatOpens_ShowsBarrierAndDisplayButNeverTheCode()
    {
        _service.ThenAnswer(Answers.Open);

        await RunAsync($"{Code}\n");

        Assert.Contains("OPEN 开", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[欢迎 | Welcome]", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoAnswer_StaysShutSaysWhyAndNeverTheCode()
    {
        _service.ThenStatus(HttpStatusCode.Unauthorized);

        await RunAsync($"{Code}\n");

        Assert.DoesNotContain("OPEN", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("check the settings file", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RefusedCodeShownAgain_IsAskedOnce()
    {
        _service.ThenAnswer(Answers.Refuse);

        await RunAsync($"{Code}\n\n{Code}\n");

        Assert.Single(_service.Received);
        Assert.Contains("the same scan", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TwoVehicles_BarrierFallsBetweenThem()
    {
        _service.ThenAnswer(Answers.Open).ThenAnswer(Answers.Open);

        await RunAsync("first\nsecond\n");

        var states = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Contains("OPEN", StringComparison.Ordinal));
        Assert.Equal([false, true, false, true, false], states);
    }

    private async Task RunAsync(string input)
    {
        using var http = _service.CreateClient();
        var client = new GateClient(http, "north-in-1", "key", GateClientOptions.Default, _time);
        var console = new GateConsole("north-in-1", new BarrierGate("0123456789abcdef"), client, _output, _time);
        await console.RunAsync(
            KeyboardLines.ReadLinesAsync(new StringReader(input), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }
}
