using System.Globalization;
using NodaTime.Text;
using Parking.Simulation.Replay;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Replay.Report;
using Spectre.Console;

namespace Parking.ScannerSim.Replay;

/// <summary>Shows the progress of a replay: a bar in a terminal, otherwise a line every few seconds.</summary>
/// <param name="console">Receives the output.</param>
/// <param name="isPlain">Whether to write plain lines even in a terminal.</param>
/// <param name="time">Measures the time between lines.</param>
internal sealed class ReplayView(IAnsiConsole console, bool isPlain, TimeProvider time) : IReplayView
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);
    private static readonly InstantPattern Moment = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    private bool IsLive => !isPlain && console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;

    public void Say(string text) => console.WriteLine(text);

    public Task<T> WaitForAsync<T>(string what, Func<Task<T>> work) =>
        IsLive ? console.Status().StartAsync($"{what} …", _ => work()) : work();

    public Task<T> ShowProgressAsync<T>(Func<Action<ReplayProgress>, Task<T>> run) => IsLive ? ShowBarAsync(run) : ShowLinesAsync(run);

    public void Show(ReplayReport report) => ReplaySummary.Write(console, report);

    private Task<T> ShowBarAsync<T>(Func<Action<ReplayProgress>, Task<T>> run) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(async context =>
        {
            var bar = context.AddTask("replaying");
            return await run(progress =>
            {
                bar.MaxValue = progress.Events ?? Math.Max(1, progress.Done);
                bar.Value = progress.Done;
                bar.Description = Describe(progress);
            });
        });

    private Task<T> ShowLinesAsync<T>(Func<Action<ReplayProgress>, Task<T>> run)
    {
        var last = time.GetTimestamp();
        return run(progress =>
        {
            if (time.GetElapsedTime(last) >= LineEvery)
            {
                last = time.GetTimestamp();
                console.WriteLine(Describe(progress));
            }
        });
    }

    private static string Describe(ReplayProgress progress) => string.Create(
        CultureInfo.InvariantCulture, $"{Moment.Format(progress.Now)}  {progress.Done:N0} of "
            + $"{progress.Events?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"} events");
}
