using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Parking.Simulation.Clients;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Load;

/// <summary>Runs a load, from starting the service to showing the result.</summary>
/// <param name="options">The options.</param>
/// <param name="view">Shows the load.</param>
/// <param name="time">Real time.</param>
/// <param name="witness">Looks at the service too; null if nobody does.</param>
public sealed class LoadRun(LoadOptions options, ILoadView view, TimeProvider time, ILoadWitness? witness = null)
{
    /// <summary>Smaller delays come from the precision of timers.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMilliseconds(20);

    private const int DoneTasksKept = 4096;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1), DefaultBudget = TimeSpan.FromMilliseconds(800);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly ProcessGauge _gauge = new(time);
    private readonly ProcessorShare _own = new(() => Environment.CpuUsage.TotalTime, time);
    private readonly LoadMeter _meter = new(options.WarmUp, options.WarmUp + options.Measured);

    private TimeSpan Length => options.WarmUp + options.Measured;

    /// <summary>Runs the load.</summary>
    /// <exception cref="SettingsException">The result file cannot be created.</exception>
    /// <exception cref="ServiceRefusedException">The service issued no code.</exception>
    /// <exception cref="IOException">A gate's disk failed, or the result could not be written.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        if (options.JsonPath is { } json && Path.GetDirectoryName(Path.GetFullPath(json)) is { } folder && !Directory.Exists(folder))
        {
            throw new SettingsException($"--json {json}: there is no folder {folder}. Make it first.");
        }
        var city = options.City ?? LoadCity.Create(options.Gates);
        await using var target = await view.ShowAsync(
            "starting the service", _ => LoadTarget.StartAsync(city, options.Store, time, cancellationToken));
        view.Say($"service {target.Address.GetLeftPart(UriPartial.Authority)}: {target.Description}");
        using var http = ServiceClient.Create(target.Address);
        using var crew = await GateCrew.OpenAsync(city.Plan, target, options, http, time);
        await view.ShowAsync($"{options.Gates:N0} gates connect to the service", async _ =>
        {
            await crew.MeetServiceAsync(cancellationToken);
            return true;
        });
        using var screens = await LoadScreens.OpenAsync(options.Screens, target, time, cancellationToken);
        await (witness?.ArriveAsync(target.Address, cancellationToken) ?? Task.CompletedTask);
        var service = new ProcessorShare(() => target.ProcessorTime, time);
        var schedule = new ArrivalSchedule(city.Plan, options.Rate, options.Seed);
        var supply = new CodeSupply(http, target.Settings, schedule, options.Seed, time);
        var left = await view.ShowAsync("load", report => DriveAsync(crew, supply, screens, service, report, cancellationToken));
        var result = Conclude(crew, screens, service, left, target.Description);
        view.Show(result, _meter.Unexpected);
        if (options.JsonPath is { } path)
        {
            await File.WriteAllTextAsync(path, ToJson(result), cancellationToken);
        }
        return result;
    }

    /// <summary>The content of the file that <c>--json</c> names.</summary>
    internal static string ToJson(LoadResult result) => JsonSerializer.Serialize(result, Json) + "\n";

    /// <returns>The number of events that are not acknowledged at the end.</returns>
    private async Task<long> DriveAsync(
        GateCrew crew, CodeSupply supply, LoadScreens screens, ProcessorShare service, Action<string> report,
        CancellationToken cancellationToken)
    {
        var clock = new LoadClock(time, CodeSupply.Ahead);
        var arrivals = Channel.CreateUnbounded<(Arrival, Task<string>)>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var driving = ReceiveAsync(arrivals.Reader, crew, clock, ending.Token);
        Task[] beside =
        [
            supply.RunAsync(Length, clock, arrivals.Writer, ending.Token),
            crew.WorkAsync(ending.Token),
            screens.ListenAsync(ending.Token),
            WatchAsync(clock, report, ending.Token),
            GaugeAsync(screens, service, clock, ending.Token),
        ];
        try
        {
            // A background task that fails ends the whole run.
            var open = beside.Append(driving).ToList();
            while (!driving.IsCompleted)
            {
                var ended = await Task.WhenAny(open);
                await ended;
                open.Remove(ended);
            }
            await driving;
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll([.. beside, driving]).ContinueWith(
                done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return await crew.DrainAsync(cancellationToken);
    }

    /// <summary>Starts every arrival when it is due, whether earlier ones are finished or not, and waits until all are finished.</summary>
    private async Task ReceiveAsync(
        ChannelReader<(Arrival, Task<string>)> arrivals, GateCrew crew, LoadClock clock, CancellationToken cancellationToken)
    {
        using var failed = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, failed.Token);
        var taps = new List<Task>();
        try
        {
            await foreach (var (arrival, code) in arrivals.ReadAllAsync(ending.Token))
            {
                await clock.WaitUntilAsync(arrival.At, ending.Token);
                taps.Add(TapAsync(arrival, code));
                if (taps.Count > DoneTasksKept)
                {
                    taps.RemoveAll(tap => tap.IsCompletedSuccessfully);
                }
            }
        }
        catch (OperationCanceledException) when (failed.IsCancellationRequested)
        {
            // The tap that failed throws when all taps are awaited below.
        }
        await Task.WhenAll(taps);

        async Task TapAsync(Arrival arrival, Task<string> code)
        {
            var lane = crew.Lanes[arrival.Gate];
            try
            {
                await lane.TapAsync(arrival, code, clock, tap => Take(lane, tap), ending.Token);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                await failed.CancelAsync();
                throw;
            }
        }
    }

    private void Take(LoadLane lane, LoadTap tap)
    {
        _meter.Take(lane.Gate.Id, tap);
        if (witness is not null && tap.Showing.IsOpen)
        {
            witness.Counted(lane.Facility, lane.Gate.Direction, tap.Moved - tap.Shown);
        }
    }

    private async Task GaugeAsync(LoadScreens screens, ProcessorShare service, LoadClock clock, CancellationToken cancellationToken)
    {
        await clock.WaitUntilAsync(options.WarmUp, cancellationToken);
        await (witness?.BeginAsync() ?? Task.CompletedTask);
        _own.Start();
        service.Start();
        screens.Start();
        await clock.WaitUntilAsync(Length, cancellationToken);
        _own.Stop();
        service.Stop();
        screens.Stop();
        await (witness?.EndAsync() ?? Task.CompletedTask);
    }

    private async Task WatchAsync(LoadClock clock, Action<string> report, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        var before = 0;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var (taps, latest) = _meter.Look();
            var (processor, workingSet) = _gauge.Look();
            var phase = clock.Now < TimeSpan.Zero
                ? "fetching"
                : clock.Now < options.WarmUp
                ? "warm-up"
                : clock.Now < Length
                ? "measuring"
                : "ending";
            var times = latest is null
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"  p50 {latest.P50,6:0.0}  p99 {latest.P99,6:0.0} ms");
            var wrong = _meter.UnexpectedTaps is > 0 and var count ? $"  {count} WRONG" : "";
            report(string.Create(CultureInfo.InvariantCulture, $"{clock.Now.TotalSeconds,4:0} s  {phase,-9}  {taps - before,4} "
                + $"taps{times}  cpu {processor,3:0} %  {workingSet,4:0} MiB{wrong}"));
            before = taps;
        }
    }

    private LoadResult Conclude(GateCrew crew, LoadScreens screens, ProcessorShare service, long unacknowledged, string store)
    {
        var samples = _meter.Samples;
        return new LoadResult
        {
            Gates = options.Gates,
            Rate = options.Rate,
            WarmUpSeconds = options.WarmUp.TotalSeconds,
            Seconds = options.Measured.TotalSeconds,
            Seed = options.Seed,
            Store = store,
            Syncs = options.Syncs,
            Taps = samples.Count,
            RateAchieved = Math.Round(_meter.Served / options.Measured.TotalSeconds, 1),
            TapToOpen = LoadTimes.Of(samples.Select(sample => sample.TapToOpen)),
            Decide = LoadTimes.Of(samples.Where(sample => sample.Decide is not null).Select(sample => sample.Decide!.Value)),
            LateStarts = samples.Count(sample => sample.Late > LateAfter),
            Late = LoadTimes.Of(samples.Select(sample => sample.Late)),
            OverBudget = samples.Count(sample => sample.TapToOpen > (crew.ToldBudget ?? DefaultBudget)),
            Alone = samples.Count(sample => sample.IsAlone),
            Refused = samples.Count(sample => sample.IsRefused),
            Unexpected = _meter.UnexpectedTaps,
            Events = crew.Lanes.Sum(lane => lane.Events),
            Unacknowledged = unacknowledged,
            ProcessorPercent = Math.Round(_own.Percent, 1),
            ServiceProcessorPercent = Math.Round(service.Percent, 1),
            Screens = options.Screens,
            MessagesPerScreen = Math.Round(screens.Messages / options.Measured.TotalSeconds, 1),
            KibibytesPerScreen = Math.Round(screens.Bytes / options.Measured.TotalSeconds / 1024, 1),
            PeakWorkingSetMiB = Math.Round(_gauge.PeakWorkingSet, 1),
            PeakHeapMiB = Math.Round(_gauge.PeakHeap, 1),
        };
    }
}
