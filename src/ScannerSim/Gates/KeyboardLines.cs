using System.Runtime.CompilerServices;
using System.Text;

namespace Parking.ScannerSim.Gates;

/// <summary>
/// Codes from standard input, one per line, as a USB reader in keyboard mode types them. A terminal shows no echo, because a code is a
/// secret.
/// </summary>
internal static class KeyboardLines
{
    private static readonly TimeSpan KeyPollEvery = TimeSpan.FromMilliseconds(10);

    public static IAsyncEnumerable<string> ReadAsync(TimeProvider time, CancellationToken cancellationToken) =>
        Console.IsInputRedirected ? ReadLinesAsync(Console.In, cancellationToken) : ReadKeysAsync(time, cancellationToken);

    /// <summary>Returns lines until the input ends. Empty lines are skipped.</summary>
    public static async IAsyncEnumerable<string> ReadLinesAsync(
        TextReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A read from the console cannot be cancelled. On cancellation the caller returns and the read is abandoned.
        while (await Task.Run(input.ReadLine, cancellationToken).WaitAsync(cancellationToken) is { } line)
        {
            if (line.Trim() is { Length: > 0 } text)
            {
                yield return text;
            }
        }
    }

    private static async IAsyncEnumerable<string> ReadKeysAsync(
        TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (!Console.KeyAvailable)
            {
                await Task.Delay(KeyPollEvery, time, cancellationToken);
                continue;
            }
            var key = Console.ReadKey(intercept: true);
            if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control })
            {
                yield break;
            }
            if (key.Key != ConsoleKey.Enter)
            {
                Edit(line, key);
            }
            else if (line.ToString().Trim() is { Length: > 0 } text)
            {
                line.Clear();
                yield return text;
            }
        }
    }

    private static void Edit(StringBuilder line, ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Backspace)
        {
            line.Length = Math.Max(0, line.Length - 1);
        }
        else if (!char.IsControl(key.KeyChar))
        {
            line.Append(key.KeyChar);
        }
    }
}
