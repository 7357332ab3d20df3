using Parking.Simulation.Demo;
using Spectre.Console;

namespace Parking.ScannerSim.Demo.Views;

/// <summary>Shows the demo as a picture that is redrawn several times a second in the terminal's current size.</summary>
internal sealed class LiveView(IAnsiConsole console, TimeProvider time) : IDemoView
{
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(120);

    public Task<T> WaitForAsync<T>(Func<Action<string>, Task<T>> work) =>
        console.Status().StartAsync("…", context => work(text => context.Status($"{text} …".EscapeMarkup())));

    public Task ShowAsync(DemoBoard board, DemoScene scene, Task drivers) =>
        console.Live(new Text("")).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async context =>
        {
            while (!drivers.IsCompleted)
            {
                context.UpdateTarget(LiveFrame.Draw(board, scene, console.Profile.Width, console.Profile.Height - 1));
                await Task.WhenAny(drivers, Task.Delay(RedrawEvery, time));
            }
        });
}
