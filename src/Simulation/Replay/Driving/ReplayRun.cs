using NodaTime;
using Parking.Simulation.Clients;
using Parking.Simulation.Replay.Faults;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay.Driving;

/// <summary>
/// Drives a trace through real gates and a real service in virtual time. Events of one instant run concurrently if they have different
/// gates and drivers. The next instant begins after all requests have ended, and the service's clock follows its first request
/// (<see cref="StampedLine"/>). After the trace all faults are removed, and the gates send their remaining events.
/// </summary>
internal sealed class ReplayRun(
    ReplayTarget target, TraceHeader header, ReplayWorld world, ReplayRecorder recorder, ReplayRhythm rhythm, ReplayPace pace,
    Action<ReplayProgress> report)
{
    /// <summary>
    /// How far the trace is read ahead. When an outage begins, every code needed during it must have been fetched, also codes that must be
    /// expired when they are shown.
    /// </summary>
    private static readonly Duration Ahead = ReplayWorld.ExpiredAge + FaultPlan.LongOutageLength + Duration.FromMinutes(1);

    private static readonly Duration SampleEvery = Duration.FromHours(1);

    /// <summary>A gate waits at most half a minute between attempts. After this number of beats something else must be wrong.</summary>
    private const int MostDrainBeats = 3000;

    private readonly Agenda _agenda = new();
    private long _done;
    private Instant _nextBeat = Instant.MaxValue;

    /// <param name="events">The trace's events.</param>
    /// <param name="faults">The planned faults.</param>
    /// <param name="cancellationToken">Stops the replay.</param>
    /// <returns>The trace's time at which the books were read.</returns>
    public async Task<Instant> RunAsync(
        IAsyncEnumerable<TraceEvent> events, IReadOnlyList<PlannedFault> faults, CancellationToken cancellationToken)
    {
        new ReplayFaults(faults, _agenda, target, world, recorder, rhythm).Schedule();
        ScheduleSample(header.Starts + SampleEvery);
        await using var upcoming = events.GetAsyncEnumerator(cancellationToken);
        var hasMore = await upcoming.MoveNextAsync();
        var line = 1L;
        while (true)
        {
            while (hasMore && (_agenda.IsEmpty || upcoming.Current.At <= _agenda.NextAt + Ahead))
            {
                Schedule(++line, upcoming.Current);
                hasMore = await upcoming.MoveNextAsync();
            }
            if (!hasMore && _done == line - 1)
            {
                break;
            }
            await pace.WaitUntilAsync(_agenda.NextAt, cancellationToken);
            await StepAsync(cancellationToken);
        }
        return await DrainAsync(cancellationToken);
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        var now = _agenda.NextAt;
        world.Time.Now = now;
        await _agenda.RunNextAsync(cancellationToken);
        ScheduleBeat();
        report(new(_done, header.Events, now));
    }

    private void Schedule(long line, TraceEvent next)
    {
        if (next is TraceScan { Show: ShownCode.Expired } expired)
        {
            var at = Instant.Max(next.At - ReplayWorld.ExpiredAge, world.Time.Now);
            _agenda.Add(new(at, [expired.Driver], cancelled => world.Codes.MintAheadAsync(line, expired, cancelled)));
        }
        IReadOnlyList<string> subjects = next is TraceScan scan ? [next.Gate, scan.Driver] : [next.Gate];
        world.Upcoming[line] = next;
        _agenda.Add(new(next.At, subjects, cancelled => PlayAsync(line, next, cancelled)));
    }

    private async Task PlayAsync(long line, TraceEvent next, CancellationToken cancellationToken)
    {
        // An inventory needs the list of open stays. It waits until the service can give it.
        if (next is not TraceInventory)
        {
            await world.PlayAsync(line, next, cancellationToken);
        }
        else if (!target.IsUp || !await TryLookAsync(line, next, cancellationToken))
        {
            _agenda.Add(new(world.Time.Now + Duration.FromMinutes(1), [next.Gate], cancelled => PlayAsync(line, next, cancelled)));
            return;
        }
        world.Upcoming.TryRemove(line, out _);
        Interlocked.Increment(ref _done);
    }

    private async Task<bool> TryLookAsync(long line, TraceEvent inventory, CancellationToken cancellationToken)
    {
        try
        {
            await world.PlayAsync(line, inventory, cancellationToken);
            return true;
        }
        catch (ServiceRefusedException)
        {
            return false;
        }
    }

    /// <summary>Plans the gates' own work for the next beat at which a gate has some.</summary>
    private void ScheduleBeat()
    {
        if (_nextBeat <= BeatAfter(world.Time.Now))
        {
            return;
        }
        var due = world.Lanes.Values.Min(lane => Instant.Min(lane.NextWorkAt, lane.Line.NextDue ?? Instant.MaxValue));
        var beat = BeatAfter(Instant.Max(due, world.Time.Now));
        if (beat >= _nextBeat)
        {
            return;
        }
        _nextBeat = beat;
        _agenda.Add(new(beat, [.. world.Lanes.Keys], async cancelled =>
        {
            _nextBeat = beat == _nextBeat ? Instant.MaxValue : _nextBeat;
            await Task.WhenAll(world.Lanes.Values.Select(lane => lane.WorkAsync(cancelled)));
        }));
    }

    private Instant BeatAfter(Instant time)
    {
        var beats = (long)Math.Floor((time - header.Starts) / rhythm.Beat);
        return header.Starts + (rhythm.Beat * (beats + 1));
    }

    private void ScheduleSample(Instant at)
    {
        if (at >= header.Ends)
        {
            return;
        }
        _agenda.AddLast(new(at, world.Everything, async cancelled =>
        {
            if (target.IsUp)
            {
                // The occupancy is public and needs no token. Its request carries no time, so the clock is moved explicitly.
                await target.Clock.AdvanceAsync(at, cancelled);
                await world.SampleAsync(cancelled);
            }
            ScheduleSample(at + SampleEvery);
        }));
    }

    private async Task<Instant> DrainAsync(CancellationToken cancellationToken)
    {
        await world.EndAsync();
        foreach (var lane in world.Lanes.Values)
        {
            (lane.Line.IsCalm, lane.Line.IsCut, lane.Line.IsKillArmed) = (true, false, false);
        }

        // Planned ends of faults still happen: a store that is down is started again.
        var settled = world.Time.Now + rhythm.SettlingTime;
        for (var beats = 0; world.Time.Now < settled || !target.IsUp
            || !world.Lanes.Values.All(lane => lane is { IsDrained: true, Line.NextDue: null }); beats++)
        {
            if (beats == MostDrainBeats)
            {
                throw new ReplayException(
                    $"{world.Lanes.Values.Count(lane => !lane.IsDrained)} gates still have events that are not acknowledged.");
            }
            ScheduleBeat();
            await StepAsync(cancellationToken);
        }
        await target.Clock.AdvanceAsync(world.Time.Now, cancellationToken);
        await target.Clock.SettleAsync(cancellationToken);
        await world.SampleAsync(cancellationToken);
        return world.Time.Now;
    }
}

/// <summary>The progress of a replay.</summary>
/// <param name="Done">The number of events that have happened.</param>
/// <param name="Events">The number of all events; null if the trace does not say.</param>
/// <param name="Now">The trace's time.</param>
public readonly record struct ReplayProgress(long Done, long? Events, Instant Now);

/// <summary>A replay could not be finished. The message says why.</summary>
public sealed class ReplayException(string message) : Exception(message);
