using Parking.ScannerSim.Demo.Views;
using Parking.Simulation.LiveCity;
using Spectre.Console;

namespace Parking.ScannerSim.Demo;

/// <summary><c>demo --pages</c>: a city that lives until Ctrl+C, for whoever looks at it in a browser.</summary>
internal static class PagesDemo
{
    public static Task<int> RunAsync(
        LiveCityOptions options, bool isPlain, TextWriter errors, TimeProvider time, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Console;
        var view = new CityView(console, Console.Out, isLive: !isPlain && DemoCommand.CanDrawOn(console), time);
        return CommandRun.RunAsync(
            errors,
            "Stopped. The service that was started has been ended.",
            async () =>
            {
                await using var city = await view.WaitForAsync(
                    report => LivingCity.StartAsync(options, report, time, cancellationToken));
                view.Announce(city);
                var life = city.RunAsync(cancellationToken);
                await view.ShowAsync(city, life, cancellationToken);
                await life;
                return ExitCodes.Good;
            },
            cancellationToken);
    }
}
