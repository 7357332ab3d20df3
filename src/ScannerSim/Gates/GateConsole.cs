using NodaTime;
using NodaTime.Extensions;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Gates;

/// <summary>
/// One gate for a person to stand at: takes codes, asks, and writes what barrier and display do. There is no vehicle to watch: an open barrier falls
/// after a while, a refusal stays on the display until the next code.
/// </summary>
/// <param name="gate">The gate's name.</param>
/// <param name="barrier">What it makes of codes and answers.</param>
/// <param name="client">Posts its scans.</param>
/// <param name="output">Where barrier and display are shown. No code is ever written there.</param>
/// <param name="time">The gate's clock.</param>
internal sealed class GateConsole(string gate, BarrierGate barrier, GateClient client, TextWriter output, TimeProvider time)
{
    /// <summary>How long the barrier stays open.</summary>
    public static readonly TimeSpan OpenTime = TimeSpan.FromSeconds(3);

    private readonly IClock _clock = time.ToClock();
    private Task? _passing;

    /// <summary>Serves until there are no more codes.</summary>
    public async Task RunAsync(IAsyncEnumerable<string> codes, CancellationToken cancellationToken)
    {
        Show("shut 关");
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
                return;
            }
            await ServeAsync(reader.Current, cancellationToken);
        }
    }

    private async Task ServeAsync(string code, CancellationToken cancellationToken)
    {
        if (barrier.IsOpen && !barrier.IsShowing(code))
        {
            // The next driver; the one before is still under the barrier.
            await LetPassAsync();
        }
        if (barrier.ReadCode(code, _clock.GetCurrentInstant()) is { } scan)
        {
            await AskAsync(scan, cancellationToken);
        }
        else
        {
            Show($"{(barrier.IsOpen ? "OPEN 开" : "shut 关")}  the same code again is the same scan");
        }
    }

    private async Task AskAsync(ScanRequest scan, CancellationToken cancellationToken)
    {
        try
        {
            var exchange = await client.PostAsync(scan, cancellationToken);
            barrier.TakeAnswer(exchange.Answer);
            _passing = barrier.IsOpen ? Task.Delay(OpenTime, time, cancellationToken) : null;
            Show($"{(barrier.IsOpen ? "OPEN 开" : "shut 关")}  {exchange.RoundTrip.TotalMilliseconds:0} ms  {scan}");
        }
        catch (ScanFailedException error)
        {
            barrier.GiveUp();
            Show("shut 关");
            await output.WriteLineAsync($"{Stamp()}  {error.Message}");
        }
    }

    /// <summary>The vehicle that the barrier opened for has its time to pass; then the barrier falls behind it.</summary>
    private async Task LetPassAsync()
    {
        await (_passing ?? Task.CompletedTask);
        _passing = null;
        barrier.Clear();
        Show("shut 关");
    }

    private void Show(string state) =>
        output.WriteLine($"{Stamp()}  {gate}  barrier 道闸 {state}  display 显示 [{barrier.Display.Zh} | {barrier.Display.En}]");

    private string Stamp() => time.GetLocalNow().ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
