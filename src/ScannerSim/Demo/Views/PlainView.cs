using Parking.Simulation.Cities;
using Parking.Simulation.Demo;

namespace Parking.ScannerSim.Demo.Views;

/// <summary>Shows the demo as plain lines, for logs, pipes and terminals that cannot redraw.</summary>
internal sealed class PlainView(TextWriter output, TimeProvider time) : IDemoView
{
    private static readonly TimeSpan OccupancyEvery = TimeSpan.FromSeconds(5);

    public Task<T> WaitForAsync<T>(Func<Action<string>, Task<T>> work) => work(text => output.WriteLine($"… {text}"));

    public async Task ShowAsync(DemoBoard board, DemoScene scene, Task drivers)
    {
        var lines = TextWriter.Synchronized(output);
        lines.WriteLine(scene.Title);
        lines.WriteLine($"service {scene.Service}");
        foreach (var item in scene.LeftOut)
        {
            lines.WriteLine($"not shown here: {item}");
        }
        board.Added += (at, record) => lines.WriteLine(TapLine.Plain(at, record));
        while (!drivers.IsCompleted)
        {
            await Task.WhenAny(drivers, Task.Delay(OccupancyEvery, time));
            lines.WriteLine($"{board.Elapsed.TotalSeconds,5:0.0} s   occupancy 占用: "
                + $"{string.Join(", ", scene.City.Facilities.Select(facility => Describe(board, facility)))}");
        }
    }

    private static string Describe(DemoBoard board, FacilityPlan facility)
    {
        var occupied = board.Occupancy.Latest.GetValueOrDefault(facility.Id)?.Occupied;
        return $"{facility.Id} {occupied?.ToString() ?? "?"}/{facility.Capacity}";
    }
}
