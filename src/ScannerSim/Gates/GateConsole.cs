using Parking.GateProgram;

namespace Parking.ScannerSim.Gates;

/// <summary>
/// One gate for a person to stand at: takes codes, asks, and writes what barrier and display do. There is no vehicle to watch: an open
/// barrier falls after a while, a refusal stays on the display until the next code.
/// </summary>
/// <param name="gate">The gate's name.</param>
/// <param name="machine">What it makes of codes and answers.</param>
/// <param name="output">Where barrier and display are shown. No code is ever written there.</param>
/// <param name="time">The gate's clock.</param>
internal sealed class GateConsole(string gate, GateMachine machine, TextWriter output, TimeProvider time)
{
    /// <summary>How long the barrier stays open.</summary>
    public static readonly TimeSpan OpenTime = TimeSpan.FromSeconds(3);

    private Task? _passing;

    /// <summary>Serves until there are no more codes.</summary>
    public async Task RunAsync(IAsyncEnumerable<string> codes, CancellationToken cancellationToken)
    {
        // A vehicle that was under the barrier when the gate was stopped still has its time.
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
            // The next driver; the one before is still under the barrier.
            await LetPassAsync();
            showing = await machine.ShowAsync(code, cancellationToken);
        }
        if (showing?.IsRepeat == true)
        {
            Show("the same code again is the same scan");
            return;
        }
        WaitToPass(cancellationToken);
        Show(showing is null ? null : $"{Describe(showing)}  {machine.Journal}/{showing.Scan}");
    }

    private static string Describe(GateShowing showing) =>
        showing.IsLocal ? $"decided alone: {showing.Reason}" : $"{showing.RoundTrip.TotalMilliseconds:0} ms";

    private void WaitToPass(CancellationToken cancellationToken) =>
        _passing = machine.IsOpen ? Task.Delay(OpenTime, time, cancellationToken) : null;

    /// <summary>The vehicle that the barrier opened for has its time to pass; then the barrier falls behind it.</summary>
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
