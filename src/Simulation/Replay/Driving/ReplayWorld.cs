using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Clients;
using Parking.Simulation.Phones;
using Parking.Simulation.Replay.Faults;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay.Driving;

/// <summary>The replayed city: its gates and the events at them.</summary>
/// <param name="time">The trace's time.</param>
/// <param name="codes">The texts that drivers show.</param>
/// <param name="people">The drivers' identities in the service.</param>
/// <param name="http">Calls the service.</param>
/// <param name="optics">Draws and reads the shown symbols; null to pass texts directly to the gate.</param>
/// <param name="recorder">Records the events.</param>
/// <param name="real">Measures real durations.</param>
internal sealed class ReplayWorld(VirtualTime time, ReplayCodes codes, ReplayPeople people, HttpClient http, ReplayOptics? optics,
    ReplayRecorder recorder, TimeProvider real) : IDisposable
{
    /// <summary>How long before its showing an expired code is fetched: longer than its period of validity and the skew.</summary>
    public static readonly Duration ExpiredAge = Duration.FromSeconds(150);

    private readonly ConcurrentDictionary<string, FaultReach> _reachOfDrivers = new();

    /// <summary>
    /// Drivers about whom gates have events that the service has not acknowledged: the gates, with the number of the last such event.
    /// </summary>
    private readonly ConcurrentDictionary<string, ImmutableDictionary<ReplayLane, (string Journal, long Seq)>> _untold = new();

    /// <summary>The facilities that each driver has visited.</summary>
    private readonly ConcurrentDictionary<string, ImmutableHashSet<string>> _visited = new();

    private Instant _isMissingUntil = Instant.MinValue;

    public VirtualTime Time => time;

    public ReplayCodes Codes => codes;

    /// <summary>By the gates' ids.</summary>
    public Dictionary<string, ReplayLane> Lanes { get; } = [];

    /// <summary>The lines that were read and have not happened yet.</summary>
    public ConcurrentDictionary<long, TraceEvent> Upcoming { get; } = new();

    public void Dispose()
    {
        codes.Dispose();
        foreach (var lane in Lanes.Values)
        {
            lane.Dispose();
        }
    }

    /// <summary>Fetches all codes that will be shown until a time, because the service will be down.</summary>
    public Task MintAheadAsync(Instant until, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Upcoming.Where(line => line.Value.At <= until + (line.Value is TraceScan { Show: ShownCode.Expired } ? ExpiredAge : Duration.Zero))
            .ToList(), cancellationToken,
        async (line, cancelled) =>
        {
            if (line.Value is TraceScan scan)
            {
                await codes.MintAheadAsync(line.Key, scan, cancelled);
            }
        });

    /// <summary>The service or its store is down until a time, and may answer with errors for a while after it.</summary>
    public void LoseServiceUntil(Instant until)
    {
        foreach (var lane in Lanes.Values)
        {
            lane.Line.OutageUntil = Instant.Max(lane.Line.OutageUntil, until);
        }
    }

    /// <summary>
    /// The store lost its last writes. Until a time, some gates do not know this yet and have not sent the lost events again.
    /// </summary>
    public void StoreLostSomething(Instant until) => _isMissingUntil = Instant.Max(_isMissingUntil, until);

    /// <summary>Runs an event of the trace.</summary>
    public Task PlayAsync(long line, TraceEvent happening, CancellationToken cancellationToken)
    {
        var lane = Lanes[happening.Gate];
        return happening switch
        {
            TraceScan scan => ShowAsync(line, lane, scan, cancellationToken),
            TraceOpenedByHand opened => OpenByHandAsync(line, lane, opened, cancellationToken),
            TraceInventory inventory => LookAsync(line, lane, inventory, cancellationToken),
            TraceIncident incident => ReportAsync(line, lane, incident),
            _ => throw new System.Diagnostics.UnreachableException($"{happening.GetType().Name} is not an event of a trace."),
        };
    }

    /// <summary>Ends the trace: refused vehicles that are still at a gate turn away.</summary>
    public async Task EndAsync()
    {
        foreach (var lane in Lanes.Values)
        {
            await ClearAsync(lane);
        }
    }

    /// <summary>Samples the occupancy of all facilities.</summary>
    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        var facilities = await new PublicBoard(http, real).GetFacilitiesAsync(cancellationToken);
        foreach (var facility in facilities)
        {
            recorder.Add(new OccupancySample(
                time.Now, facility.Id, facility.Occupancy?.Occupied, facility.Occupancy is not null && IsAllKnownOf(facility.Id)));
        }
    }

    private async Task ShowAsync(long line, ReplayLane lane, TraceScan scan, CancellationToken cancellationToken)
    {
        var text = await codes.TakeAsync(line, scan, time.Now, cancellationToken);
        if (optics is not null)
        {
            text = await optics.ReadAsync(text, line, cancellationToken);
        }
        await ClearAsync(lane);
        // While a gate is offline, the earlier faults also explain its later decisions, so they are kept.
        lane.Line.Reached = lane.Machine.IsCutOff ? lane.Line.Reached : FaultReach.None;
        var reachBefore = ReachOf(lane, scan);
        var started = real.GetTimestamp();
        var attempts = 0;
        GateShowing? showing = null;
        while (showing is null)
        {
            attempts++;
            try
            {
                showing = await lane.Machine.ShowAsync(text, cancellationToken)
                    ?? throw new ReplayException($"line {line}: the previous vehicle has not left {lane.Gate.Id}.");
            }
            catch (GateKilledException)
            {
                // The driver waits and shows the code again.
                await lane.RestartAsync();
            }
        }
        var tapToOpen = Duration.FromTimeSpan(real.GetElapsedTime(started));
        var outcome = await MoveAsync(lane, showing, scan.Then);
        if (!showing.IsOpen && lane.HasDeadClock && scan is { Show: ShownCode.Valid, Then: Traces.VehicleMove.Passed })
        {
            outcome = await lane.LetThroughAsync();
        }
        _visited.AddOrUpdate(scan.Driver, _ => [lane.Facility.Id], (_, visited) => visited.Add(lane.Facility.Id));
        var reachHere = lane.Line.Reached;
        var didOtherwise = showing.Decision == GateDecision.Open != (outcome == VehicleOutcome.Passed);
        if (reachHere != FaultReach.None || didOtherwise)
        {
            NoteUntold(scan.Driver, lane);
        }
        if (didOtherwise)
        {
            await lane.SendAsync(cancellationToken);
        }
        var reach = reachBefore | reachHere;
        if (reach != FaultReach.None)
        {
            _reachOfDrivers[scan.Driver] = FaultReach.HolderDiverted;
        }
        var shown = new Showing
        {
            Line = line,
            At = time.Now,
            Gate = scan.Gate,
            Facility = lane.Facility.Id,
            Direction = lane.Gate.Direction,
            Driver = scan.Driver,
            Vehicle = recorder.SlotOf(scan.Driver, scan.Vehicle),
            Code = codes.ReferenceOf(text),
            Shown = scan.Show,
            Decision = showing.Decision,
            Reason = showing.Reason,
            DecidedAlone = showing.IsLocal,
            Attempts = attempts,
            TapToOpen = tapToOpen,
            ServiceTime = showing.Decide is { } decide ? Duration.FromTimeSpan(decide) : null,
            Reach = reach,
            Expected = scan.Expect,
            Outcome = outcome,
        };
        if (showing.IsOpen || outcome == VehicleOutcome.Passed)
        {
            recorder.Add(shown);
        }
        else
        {
            lane.Standing = shown;
        }
    }

    /// <summary>The refused vehicle turns away before the next one arrives.</summary>
    private static async Task ClearAsync(ReplayLane lane)
    {
        if (lane.Standing is not null)
        {
            await lane.Machine.MoveAsync(GateProgram.VehicleMove.TurnedAway);
            lane.LetGo(VehicleOutcome.DidNotPass);
        }
    }

    private static async Task<VehicleOutcome> MoveAsync(ReplayLane lane, GateShowing showing, Traces.VehicleMove then)
    {
        if (!showing.IsOpen)
        {
            return VehicleOutcome.DidNotPass;
        }
        var backsOut = then != Traces.VehicleMove.Passed;
        await lane.Machine.MoveAsync(backsOut ? GateProgram.VehicleMove.BackedOut : GateProgram.VehicleMove.Passed);
        return backsOut ? VehicleOutcome.BackedOut : VehicleOutcome.Passed;
    }

    private async Task OpenByHandAsync(long line, ReplayLane lane, TraceOpenedByHand opened, CancellationToken cancellationToken)
    {
        var isForStanding = lane.Standing is { } standing && standing.Driver == opened.Driver;
        if (!isForStanding)
        {
            await ClearAsync(lane);
        }
        await lane.Machine.OpenByHandAsync(opened.Reason);
        await lane.Machine.MoveAsync(GateProgram.VehicleMove.Passed);
        if (isForStanding)
        {
            lane.LetGo(VehicleOutcome.Passed);
            NoteUntold(opened.Driver!, lane);
            await lane.SendAsync(cancellationToken);
        }
        else
        {
            recorder.Add(new HandOpening(line, time.Now, opened.Gate, lane.Facility.Id, opened.Reason));
        }
    }

    /// <summary>Notes an event that the service cannot know from its own decision.</summary>
    private void NoteUntold(string driver, ReplayLane lane)
    {
        var last = (lane.Machine.Journal, lane.Machine.LastSeq);
        _untold.AddOrUpdate(
            driver, _ => ImmutableDictionary<ReplayLane, (string, long)>.Empty.Add(lane, last), (_, known) => known.SetItem(lane, last));
    }

    private async Task ReportAsync(long line, ReplayLane lane, TraceIncident incident)
    {
        await (incident.Incident switch
        {
            GateIncident.Tailgating => lane.Machine.TailgateAsync(),
            GateIncident.BarrierFault => lane.Machine.ReportFaultAsync(null),
            _ => lane.Machine.ReportRepairedAsync(),
        });
        recorder.Add(new SeenIncident(line, time.Now, incident.Gate, lane.Facility.Id, incident.Incident));
    }

    /// <summary>Takes an inventory: reports the open stays whose vehicles are not present.</summary>
    private async Task LookAsync(long line, ReplayLane lane, TraceInventory inventory, CancellationToken cancellationToken)
    {
        var named = new List<(NamedStay Stay, string Id)>();
        foreach (var driver in inventory.Closes)
        {
            var stays = await new CitizenPhone(http, driver, people.TokenOf(driver), real).GetStaysAsync(cancellationToken);
            named.AddRange(stays.Open.Where(stay => stay.Facility == lane.Facility.Id).Select(stay => (new NamedStay(driver), stay.Id)));
        }
        await lane.Machine.ReportInventoryAsync([.. named.Select(stay => stay.Id)], inventory.Count);
        foreach (var driver in inventory.Closes)
        {
            NoteUntold(driver, lane);
        }
        await lane.SendAsync(cancellationToken);
        recorder.Add(new SentInventory
        {
            Line = line,
            At = time.Now,
            Gate = inventory.Gate,
            Facility = lane.Facility.Id,
            Closes = [.. named.Select(stay => stay.Stay)],
            Count = inventory.Count,
        });
    }

    /// <summary>
    /// Whether the service knows everything that the occupancy of a facility depends on: the events of its gates, and the events of its
    /// drivers at other facilities, which can end a stay here. An unsent event that agrees with its decision changes nothing, unless the
    /// store lost writes; then the decision itself may have to be sent again.
    /// </summary>
    private bool IsAllKnownOf(string facility) =>
        time.Now >= _isMissingUntil
        && Lanes.Values.Where(lane => lane.Facility.Id == facility).All(
            lane => lane is { Machine.IsCutOff: false, Line.NextDue: null } && (lane.IsDrained || _isMissingUntil == Instant.MinValue))
        && !_untold.Keys.Any(driver => _visited.TryGetValue(driver, out var visited) && visited.Contains(facility) && IsUntold(driver));

    private FaultReach ReachOf(ReplayLane lane, TraceScan scan)
    {
        var reach = _reachOfDrivers.GetValueOrDefault(scan.Driver);
        reach |= time.Now < _isMissingUntil ? FaultReach.StoreForgot : FaultReach.None;
        reach |= IsUntold(scan.Driver) ? FaultReach.HolderUnsent : FaultReach.None;
        reach |= lane.Line.IsCut ? FaultReach.GateCut : FaultReach.None;
        reach |= lane.Time.Skew == Duration.Zero ? FaultReach.None : FaultReach.ClockSkewed;

        // Whether the facility is full depends on the events of all its gates.
        var isKnown = Lanes.Values.Where(other => other.Facility.Id == lane.Facility.Id).All(other => !other.Machine.IsCutOff);
        return reach | (isKnown ? FaultReach.None : FaultReach.FacilityUnsent);
    }

    private bool IsUntold(string driver) => _untold.TryGetValue(driver, out var known)
        && known.Any(last => last.Key.Machine is var machine && machine.Journal == last.Value.Journal
        && machine.AcknowledgedThrough < last.Value.Seq);
}
