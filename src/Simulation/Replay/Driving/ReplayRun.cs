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
    private static readonly Duration Ahead = ReplayWorld.ExpiredAge + FaultPlan.OutageLength + Duration.FromMinutes(1);

    /// <summary>
    /// How much of its last writes a store loses. Gates send again what was acknowledged in the last minute, so this must be less.
    /// </summary>
    private static readonly Duration LostTail = Duration.FromSeconds(20);

    /// <summary>
    /// How long after an outage the service may still answer with errors. It reconnects to its store in real time, while the trace's time
    /// is faster.
    /// </summary>
    private static readonly Duration ToItsFeet = Duration.FromMinutes(2);

    private static readonly Duration SampleEvery = Duration.FromHours(1);

    /// <summary>A gate waits at most half a minute between attempts. After this number of beats something else must be wrong.</summary>
    private const int MostDrainBeats = 3000;

    /// <summary>The service as a subject of the agenda.</summary>
    private const string Service = "the service";

    private readonly Agenda _agenda = new();
    private IReadOnlyList<PlannedFault> _cuts = [];
    private long _done;
    private Instant _nextBeat = Instant.MaxValue;

    /// <param name="events">The trace's events.</param>
    /// <param name="faults">The planned faults.</param>
    /// <param name="cancellationToken">Stops the replay.</param>
    /// <returns>The trace's time at which the books were read.</returns>
    public async Task<Instant> RunAsync(
        IAsyncEnumerable<TraceEvent> events, IReadOnlyList<PlannedFault> faults, CancellationToken cancellationToken)
    {
        _cuts = [.. faults.Where(fault => fault.Kind == FaultKind.Cut)];
        foreach (var fault in faults)
        {
            Schedule(fault);
        }
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
        try
        {
            await world.PlayAsync(line, next, cancellationToken);
        }
        catch (ServiceRefusedException) when (next is TraceInventory)
        {
            // An inventory needs the list of open stays. It waits until the service can give it.
            _agenda.Add(new(world.Time.Now + Duration.FromMinutes(1), [next.Gate], cancelled => PlayAsync(line, next, cancelled)));
            return;
        }
        world.Upcoming.TryRemove(line, out _);
        Interlocked.Increment(ref _done);
    }

    private void Schedule(PlannedFault fault)
    {
        if (fault.Kind == FaultKind.LoseTail)
        {
            _agenda.Add(new(fault.At - LostTail, Everything, _ =>
            {
                target.NoteWritten();
                return Task.CompletedTask;
            }));
        }
        if (fault.IsOutage)
        {
            // Fetching runs before everything else of that instant. The kill then runs concurrently with the events of that instant.
            _agenda.Add(new(fault.At, Everything, cancelled => world.MintAheadAsync(fault.Until, cancelled)));
        }
        // What was emptied must be noticed before anybody asks for it.
        IReadOnlyList<string> subjects = fault.Kind == FaultKind.EmptyStore ? Everything : [fault.IsOutage ? Service : fault.Gate!];
        _agenda.Add(new(fault.At, subjects, cancelled => BeginAsync(fault, cancelled)));
        if (fault.Until > fault.At)
        {
            _agenda.Add(new(fault.Until, Everything, cancelled => EndAsync(fault, cancelled)));
        }
    }

    private IReadOnlyList<string> Everything => [Service, .. world.Lanes.Keys];

    private async Task BeginAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        recorder.Add(fault);
        if (fault.IsOutage)
        {
            world.LoseServiceUntil(fault.Until + ToItsFeet);
        }
        switch (fault.Kind)
        {
            case FaultKind.Cut:
                world.Lanes[fault.Gate!].Line.IsCut = true;
                break;
            case FaultKind.Skew:
                world.Lanes[fault.Gate!].Time.Skew = fault.Skew;
                break;
            case FaultKind.DeadClock:
                await world.Lanes[fault.Gate!].LosePowerAsync();
                break;
            case FaultKind.KillGate:
                world.Lanes[fault.Gate!].Line.IsKillArmed = true;
                break;
            case FaultKind.KillStore:
                await target.KillStoreAsync();
                break;
            case FaultKind.LoseTail:
                await target.KillStoreAsync();
                target.CutBackToNoted();
                world.StoreLostSomething(fault.Until + rhythm.SettlingTime);
                break;
            case FaultKind.EmptyStore:
                await target.EmptyStoreAsync(cancellationToken);
                world.StoreLostSomething(EveryGateHasSentAgainBy(fault));
                if (target.IsUp)
                {
                    await world.Codes.ListAgainAsync(Instant.MinValue, cancellationToken);
                }
                break;
            case FaultKind.RestartService:
                await target.KillServiceAsync();
                break;
        }
    }

    /// <summary>A gate whose line is cut has to send again everything, too, once it is back.</summary>
    private Instant EveryGateHasSentAgainBy(PlannedFault emptied) => _cuts
        .Where(cut => cut.At <= emptied.Until + rhythm.SettlingTime && cut.Until >= emptied.At)
        .Select(cut => cut.Until).Append(emptied.Until).Max() + rhythm.SettlingTime;

    private async Task EndAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.Cut:
                world.Lanes[fault.Gate!].Line.IsCut = false;
                break;
            case FaultKind.DeadClock:
                world.Lanes[fault.Gate!].FindTime();
                break;
            case FaultKind.KillStore or FaultKind.LoseTail:
                await target.RestartStoreAsync(cancellationToken);
                if (fault.Kind == FaultKind.LoseTail)
                {
                    await world.Codes.ListAgainAsync(fault.At - LostTail, cancellationToken);
                }
                break;
            case FaultKind.EmptyStore when !target.IsUp:
                await target.RestartServiceAsync(cancellationToken);
                await world.Codes.ListAgainAsync(Instant.MinValue, cancellationToken);
                break;
            case FaultKind.RestartService:
                await target.RestartServiceAsync(cancellationToken);
                break;
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
        _agenda.AddLast(new(at, Everything, async cancelled =>
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
