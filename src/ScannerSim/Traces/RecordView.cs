using System.Globalization;
using Parking.Simulation.Traces.Recording;
using Spectre.Console;

namespace Parking.ScannerSim.Traces;

/// <summary>Shows the progress of a recording: a line that changes, or one line if the output is not a terminal.</summary>
/// <param name="console">Receives the output.</param>
/// <param name="time">The clock for redrawing the line.</param>
internal sealed class RecordView(IAnsiConsole console, TimeProvider time) : IRecordView
{
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(500);

    public async Task<string?> ShowAsync(string what, IReadOnlyCollection<RecordedLine> lines, Task<string?> listening)
    {
        if (!console.Profile.Capabilities.Interactive || Console.IsErrorRedirected)
        {
            console.WriteLine($"{what}; press Ctrl+C to end the recording and write the trace");
            return await listening;
        }

        var started = time.GetTimestamp();
        await console.Status().StartAsync(what.EscapeMarkup(), async context =>
        {
            while (!listening.IsCompleted)
            {
                var elapsed = time.GetElapsedTime(started);
                var text = string.Create(
                    CultureInfo.InvariantCulture, $"{what}: {(int)elapsed.TotalHours}:{elapsed:mm\\:ss}, {lines.Count:N0} lines; "
                        + $"press Ctrl+C to end the recording and write the trace");
                context.Status(text.EscapeMarkup());
                await Task.WhenAny(listening, Task.Delay(RedrawEvery, time));
            }
        });
        return await listening;
    }
}
