using Parking.Simulation.Load;

namespace Parking.Bench.ConsolePage;

/// <summary>
/// What the console costs the service, and how old what it shows is, at 160 vehicles a second in a city of 200 facilities. The cost is the
/// difference of the service's processor time with and without screens, under the same load.
/// </summary>
internal static class ConsoleLoad
{
    private const int Screens = 50;
    private const double Rate = 160;

    /// <param name="isPageOnly">Whether only the page is measured, and not the cost of screens for the service.</param>
    /// <param name="time">The machine's time.</param>
    public static async Task RunAsync(bool isPageOnly, TimeProvider time)
    {
        var city = ConsoleCity.Create();
        if (!isPageOnly)
        {
            var (alone, watched) = (new List<double>(), new List<double>());
            foreach (var screens in new[] { 0, Screens, 0, Screens })
            {
                var result = await LoadAsync(screens, null);
                (screens == 0 ? alone : watched).Add(result.ServiceProcessorPercent);
            }

            Write($"{Screens} screens cost the service {watched.Average() - alone.Average():0.0} % of a core");
        }

        await using var window = new ConsoleWindow(time);
        await LoadAsync(Screens, window);
        WriteAges("a number, when the next one took its place", LoadTimes.Of(window.AgesOfNumbers()));
        WriteAges("a row of the feed, since the code was shown", LoadTimes.Of(window.AgesOfRows()));
        Write($"the page's thread was busy: {window.Busy}");

        async Task<LoadResult> LoadAsync(int screens, ILoadWitness? witness)
        {
            var options = new LoadOptions
            {
                Gates = ConsoleCity.Gates,
                City = city,
                Rate = Rate,
                Screens = screens,
                Store = Simulation.Service.StoreKind.Embedded,
                Measured = TimeSpan.FromSeconds(30),
            };
            var result = await new LoadRun(options, new QuietView(), time, witness).RunAsync(CancellationToken.None);
            Write($"{screens} screens: {result.RateAchieved:0.0} vehicles/s, service {result.ServiceProcessorPercent:0.0} % of a core");
            Write($"    to each {result.MessagesPerScreen:0.0} messages/s, {result.KibibytesPerScreen:0.0} KiB/s");
            return result.IsGood ? result : throw new InvalidOperationException("The load was not served as expected.");
        }
    }

    private static void WriteAges(string what, LoadTimes? ages) =>
        Write($"age of {what}, ms: p50 {ages?.P50:0}, p99 {ages?.P99:0}, max {ages?.Max:0} ({ages?.Count})");

    private static void Write(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private sealed class QuietView : ILoadView
    {
        public void Say(string text)
        {
        }

        public Task<T> ShowAsync<T>(string what, Func<Action<string>, Task<T>> work) => work(Say);

        public void Show(LoadResult result, IReadOnlyList<string> unexpected)
        {
        }
    }
}
