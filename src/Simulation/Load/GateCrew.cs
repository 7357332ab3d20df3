using System.Threading.Channels;
using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.Optics;
using Parking.Simulation.Cities;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Load;

/// <summary>
/// All gates of a load in one process: one connection pool, one set of keys, and one loop that finds the gates whose work is due.
/// </summary>
internal sealed class GateCrew : IDisposable
{
    private const int Workers = 24, DrainAttempts = 50;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50), MeetEvery = TimeSpan.FromMilliseconds(10),
        RetryEvery = TimeSpan.FromMilliseconds(200);

    // Gates do not go offline here, so that long waits are measured. Answers that come after a real gate's time limit are counted.
    private static readonly TimeSpan AnswerBudget = TimeSpan.FromSeconds(30);

    private readonly List<LoadLane> _lanes = [];
    private readonly TimeProvider _time;

    private GateCrew(TimeProvider time) => _time = time;

    /// <summary>In the order of the city.</summary>
    public IReadOnlyList<LoadLane> Lanes => _lanes;

    /// <summary>How long the feed tells gates to wait for an answer; null before the first feed.</summary>
    public TimeSpan? ToldBudget => _lanes[0].ToldBudget;

    /// <summary>Opens the gates without sending anything.</summary>
    /// <param name="city">The gates.</param>
    /// <param name="target">The service, and the folders of the gates' disks.</param>
    /// <param name="options">How the disks are written, and the seed.</param>
    /// <param name="http">Calls the service.</param>
    /// <param name="time">The gates' clocks.</param>
    public static async Task<GateCrew> OpenAsync(CityPlan city, LoadTarget target, LoadOptions options, HttpClient http, TimeProvider time)
    {
        var crew = new GateCrew(time);
        try
        {
            var verifiers = new VerifierCache();
            foreach (var (facility, gate) in city.Facilities.SelectMany(one => one.Gates.Select(gate => (one.Id, gate))))
            {
                var settings = new GateMachineSettings
                {
                    Gate = gate.Id,
                    Key = target.Settings.GateKeys.GetValueOrDefault(gate.Id)
                        ?? throw new SettingsException($"the service has no key for gate {gate.Id}"),
                    Direction = gate.Direction,
                    Jitter = new SeededRandom(options.Seed, "jitter", crew._lanes.Count).NextUnit,
                    Verifiers = verifiers,
                    AnswerBudget = AnswerBudget,
                };
                var folder = new DiskFolder(target.GateFolder(gate.Id), survivesPowerCuts: options.Syncs);
                crew._lanes.Add(new LoadLane(facility, gate, await GateMachine.OpenAsync(settings, folder, http, time), time));
            }
            return crew;
        }
        catch
        {
            crew.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Each gate sends its first heartbeat and fetches its feed. A hundred gates a second do so, which also spreads their later heartbeats.
    /// </summary>
    public async Task MeetServiceAsync(CancellationToken cancellationToken)
    {
        var clock = new LoadClock(_time, TimeSpan.Zero);
        var meeting = new List<Task>(_lanes.Count);
        try
        {
            foreach (var lane in _lanes)
            {
                await clock.WaitUntilAsync(meeting.Count * MeetEvery, cancellationToken);
                meeting.Add(lane.WorkAsync(cancellationToken));
            }
        }
        finally
        {
            await Task.WhenAll(meeting);
        }
    }

    /// <summary>Does the gates' work when it is due, until cancelled.</summary>
    /// <exception cref="IOException">A gate's disk failed.</exception>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        var due = Channel.CreateUnbounded<LoadLane>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] all = [
            LookAsync(due.Writer, ending.Token), .. Enumerable.Range(0, Workers).Select(_ => TakeTurnsAsync(due.Reader, ending.Token))];
        await Task.WhenAny(all);
        await ending.CancelAsync();
        await Task.WhenAll(all);
    }

    /// <summary>Sends the unacknowledged events of all gates.</summary>
    /// <returns>The number of events that are still not acknowledged.</returns>
    public async Task<long> DrainAsync(CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            _lanes,
            new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = cancellationToken },
            async (lane, ending) =>
            {
                for (var attempt = 1; !await lane.DrainAsync(ending) && attempt < DrainAttempts; attempt++)
                {
                    await Task.Delay(RetryEvery, _time, ending);
                }
            });
        return _lanes.Sum(lane => lane.Unacknowledged);
    }

    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }

    private async Task LookAsync(ChannelWriter<LoadLane> due, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = _time.GetUtcNow();
            foreach (var lane in _lanes.Where(lane => lane.TryClaimWork(now)))
            {
                due.TryWrite(lane);
            }
        }
    }

    private static async Task TakeTurnsAsync(ChannelReader<LoadLane> due, CancellationToken cancellationToken)
    {
        await foreach (var lane in due.ReadAllAsync(cancellationToken))
        {
            await lane.WorkAsync(cancellationToken);
        }
    }
}
