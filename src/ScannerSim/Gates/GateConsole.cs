using Parking.GateProgram;

namespace Parking.ScannerSim.Gates;

/// <summary>
/// A gate for manual use: takes codes, asks the service, and writes what barrier and display do. There is no vehicle to detect, so an open
/// barrier closes after <see cref="OpenTime"/>, and a refusal stays on the display until the next code.
/// </summary>
/// <param name="gate">The gate's name.</param>
/// <param name="machine">Decides what the gate does with codes and answers.</param>
/// <param name="output">Receives the state of barrier and display. No code is ever written there.</param>
/// <param name="time">The gate's clock.</param>
internal sealed class GateConsole(string gate, GateMachine machine, TextWriter output, TimeProvider time)
{
    /// <summary>The time that the barrier stays open.</summary>
    public static readonly TimeSpan OpenTime = TimeSpan.FromSeconds(3);

    private Task? _passing;

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
            if (_passing is not null)
            {
                await Task.WhenAny(next, _passing);
                if (_passing.IsCompleted)
                {
                    await LetPassAsync();
                }
            }
            if (!await next)
            {
                break;
            }
            await ServeAsync(reader.Current, cancellationToken);
        }
        await machine.DrainAsync(cancellationToken);
    }

    private async Task ServeAsync(string code, CancellationToken cancellationToken)
    {
        var showing = await machine.ShowAsync(code, cancellationToken);
        if (showing is null)
        {
            // The barrier is still open for the previous vehicle. Let it pass before the next driver's scan.
            await LetPassAsync();
            showing = await machine.ShowAsync(code, cancellationToken);
        }
        if (showing?.IsRepeat == true)
        {
            Show("the same code again counts as the same scan");
            return;
        }
        WaitToPass(cancellationToken);
        Show(showing is null ? null : $"{Describe(showing)}  {machine.Journal}/{showing.Scan}");
    }

    private static string Describe(GateShowing showing) =>
        showing.IsLocal ? $"decided alone: {showing.Reason}" : $"{showing.RoundTrip.TotalMilliseconds:0} ms";

    private void WaitToPass(CancellationToken cancellationToken) =>
        _passing = machine.IsOpen ? Task.Delay(OpenTime, time, cancellationToken) : null;

    /// <summary>Waits until the vehicle has had its time to pass, then closes the barrier.</summary>
    private async Task LetPassAsync()
    {
        await (_passing ?? Task.CompletedTask);
        _passing = null;
        await machine.MoveAsync(VehicleMove.Passed);
        Show(null);
    }

    private void Show(string? remark)
    {
        var state = machine.IsOpen ? "OPEN 开" : "shut 关";
        output.WriteLine($"{Stamp()}  {gate}  barrier 道闸 {state}{(remark is null ? "" : "  " + remark)}  display 显示 [{machine.Display.Zh} "
            + $"| {machine.Display.En}]");
    }

    private string Stamp() => time.GetLocalNow().ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
