using Spectre.Console;

namespace Parking.ScannerSim;

/// <summary>Runs work that may take long, and shows its progress once it has taken two seconds.</summary>
internal static class LongWork
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2), RedrawEvery = TimeSpan.FromMilliseconds(100);

    /// <param name="errors">Receives the progress. It is not written to the output, which may be a pipe.</param>
    /// <param name="title">The name of the work.</param>
    /// <param name="time">Measures the two seconds.</param>
    /// <param name="work">The work. It reports the share that is done, from 0 to 1.</param>
    public static async Task<T> RunAsync<T>(TextWriter errors, string title, TimeProvider time, Func<IProgress<double>, T> work)
    {
        var share = new Share();

        // The work gets its own thread, so that this one can draw.
        var working = Task.Run(() => work(share));
        if (await Task.WhenAny(working, Task.Delay(Quiet, time)) == working)
        {
            return await working;
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(errors) });
        await console.Progress().AutoClear(true).StartAsync(async context =>
        {
            var bar = context.AddTask(title.EscapeMarkup(), maxValue: 1);
            while (!working.IsCompleted)
            {
                bar.Value = share.Done;
                await Task.WhenAny(working, Task.Delay(RedrawEvery, time));
            }
        });
        return await working;
    }

    private sealed class Share : IProgress<double>
    {
        private double _done;

        public double Done => Volatile.Read(ref _done);

        public void Report(double value) => Volatile.Write(ref _done, value);
    }
}
