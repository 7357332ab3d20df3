using System.Text.Json;
using System.Threading.Channels;
using Parking.GateProgram;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Gates;

/// <summary>
/// A gate for manual use: takes codes, asks the service, and writes what barrier and display do. There is no vehicle to detect, so an open
/// barrier closes after <see cref="OpenTime"/>, and a refusal stays on the display until the next code.
/// </summary>
internal sealed class GateConsole
{
    /// <summary>The time that the barrier stays open.</summary>
    public static readonly TimeSpan OpenTime = TimeSpan.FromSeconds(3);

    private readonly string _gate;
    private readonly GateMachine _machine;
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly Channel<BarrierCommand> _obeyed = Channel.CreateUnbounded<BarrierCommand>();

    private Task? _passing;

    /// <param name="gate">The gate's name.</param>
    /// <param name="machine">Decides what the gate does with codes and answers, and obeys commands.</param>
    /// <param name="output">Receives the state of barrier and display. No code is ever written there.</param>
    /// <param name="time">The gate's clock.</param>
    public GateConsole(string gate, GateMachine machine, TextWriter output, TimeProvider time)
    {
        (_gate, _machine, _output, _time) = (gate, machine, output, time);
        machine.Obeyed += command => _obeyed.Writer.TryWrite(command.Command);
    }

    /// <summary>Handles codes until there are no more.</summary>
    public async Task RunAsync(IAsyncEnumerable<string> codes, CancellationToken cancellationToken)
    {
        // The gate may have been stopped while its barrier was open. The vehicle still gets its time to pass.
        WaitToPass(cancellationToken);
        Show(null);
        await using var reader = codes.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var next = reader.MoveNextAsync().AsTask();
            await WaitAsync(next, cancellationToken);
            if (!await next)
            {
                break;
            }
            await ServeAsync(reader.Current, cancellationToken);
        }
        await _machine.DrainAsync(cancellationToken);
    }

    /// <summary>Lets vehicles pass, and shows what commands do, until the next code is read.</summary>
    private async Task WaitAsync(Task next, CancellationToken cancellationToken)
    {
        var commanded = _obeyed.Reader.WaitToReadAsync(cancellationToken).AsTask();
        do
        {
            await Task.WhenAny(_passing is null ? [next, commanded] : [next, commanded, _passing]);
            if (_passing?.IsCompleted == true)
            {
                await LetPassAsync();
            }
            if (commanded.IsCompletedSuccessfully && _obeyed.Reader.TryRead(out var command))
            {
                WaitToPass(cancellationToken);
                Show($"by command 远程 {JsonNamingPolicy.SnakeCaseLower.ConvertName(command.ToString())}");
                commanded = _obeyed.Reader.WaitToReadAsync(cancellationToken).AsTask();
            }
            cancellationToken.ThrowIfCancellationRequested();
        }
        while (!next.IsCompleted);
    }

    private async Task ServeAsync(string code, CancellationToken cancellationToken)
    {
        var showing = await _machine.ShowAsync(code, cancellationToken);
        if (showing is null)
        {
            // The barrier is still open for the previous vehicle. Let it pass before the next driver's scan.
            await LetPassAsync();
            showing = await _machine.ShowAsync(code, cancellationToken);
        }
        if (showing?.IsRepeat == true)
        {
            Show("the same code again counts as the same scan");
            return;
        }
        WaitToPass(cancellationToken);
        Show(showing is null ? null : $"{Describe(showing)}  {_machine.Journal}/{showing.Scan}");
    }

    private static string Describe(GateShowing showing) =>
        showing.IsLocal ? $"decided alone: {showing.Reason}" : $"{showing.RoundTrip.TotalMilliseconds:0} ms";

    private void WaitToPass(CancellationToken cancellationToken) =>
        _passing = _machine.IsOpen ? Task.Delay(OpenTime, _time, cancellationToken) : null;

    /// <summary>Waits until the vehicle has had its time to pass, then closes the barrier.</summary>
    private async Task LetPassAsync()
    {
        await (_passing ?? Task.CompletedTask);
        _passing = null;
        await _machine.MoveAsync(VehicleMove.Passed);
        Show(null);
    }

    private void Show(string? remark)
    {
        var state = _machine.Position is BarrierPosition.Open or BarrierPosition.HeldOpen ? "OPEN 开" : "shut 关";
        var told = remark is null ? "" : "  " + remark;
        _output.WriteLine(
            $"{Stamp()}  {_gate}  barrier 道闸 {state}{told}  display 显示 [{_machine.Display.Zh} | {_machine.Display.En}]");
    }

    private string Stamp() => _time.GetLocalNow().ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
