using System.Runtime.CompilerServices;
using Parking.GateProgram.Sources;

namespace Parking.ScannerSim.Gates;

/// <summary>
/// Codes from standard input, as a USB or serial reader types them, however it ends them. A terminal shows no echo, because a code is a
/// secret.
/// </summary>
/// <param name="report">Called once with the layout of a reader that presses the keys of another.</param>
/// <param name="time">Measures pauses.</param>
internal sealed class KeyboardLines(Action<string> report, TimeProvider time)
{
    private static readonly TimeSpan KeyPollEvery = TimeSpan.FromMilliseconds(10);

    private readonly ReaderFraming _framing = new();
    private string? _reported;

    public IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken) =>
        Console.IsInputRedirected ? ReadTextAsync(Console.In, cancellationToken) : ReadKeysAsync(cancellationToken);

    /// <summary>Returns what was read until the input ends. Empty lines are skipped.</summary>
    public async IAsyncEnumerable<string> ReadTextAsync(TextReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A read from the console cannot be cancelled. On cancellation the caller returns and the read is abandoned.
        var typed = new char[1024];
        Task<int>? reading = null;
        while (true)
        {
            reading ??= Task.Run(() => input.Read(typed), cancellationToken);
            if (_framing.Pause is { } pause && !reading.IsCompleted)
            {
                await Task.WhenAny(reading, Task.Delay(pause, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
                if (!reading.IsCompleted)
                {
                    if (TextOf(_framing.End()) is { } paused)
                    {
                        yield return paused;
                    }
                    continue;
                }
            }
            var count = await reading.WaitAsync(cancellationToken);
            reading = null;
            if (count == 0)
            {
                if (TextOf(_framing.End()) is { } last)
                {
                    yield return last;
                }
                yield break;
            }
            for (var i = 0; i < count; i++)
            {
                if (TextOf(_framing.Put(typed[i])) is { } text)
                {
                    yield return text;
                }
            }
        }
    }

    private async IAsyncEnumerable<string> ReadKeysAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = time.GetTimestamp();
        while (true)
        {
            if (!Console.KeyAvailable)
            {
                if (_framing.Pause is { } pause && time.GetElapsedTime(last) >= pause && TextOf(_framing.End()) is { } paused)
                {
                    yield return paused;
                }
                await Task.Delay(KeyPollEvery, time, cancellationToken);
                continue;
            }
            var key = Console.ReadKey(intercept: true);
            last = time.GetTimestamp();
            if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control })
            {
                yield break;
            }
            if (TextOf(_framing.Put(key.Key == ConsoleKey.Backspace ? '\b' : key.KeyChar)) is { } text)
            {
                yield return text;
            }
        }
    }

    private string? TextOf(ReaderCode? code)
    {
        if (code is { IsWhole: true, Layout: { } layout } && layout != KeyboardLayout.All[0] && _reported != layout.Name)
        {
            _reported = layout.Name;
            report($"The computer takes the reader's keys for those of a {layout.Name} keyboard. The codes are translated; better give the "
                + "computer or the reader the American layout.");
        }
        return code?.Text;
    }
}
