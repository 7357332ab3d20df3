using System.Collections.Concurrent;
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
/// <param name="lanes">The gates, by their ids. They may be added later, and are disposed of with the world.</param>
/// <param name="codes">The texts that drivers show.</param>
/// <param name="people">The drivers' identities in the service.</param>
/// <param name="http">Calls the service.</param>
/// <param name="optics">Draws and reads the shown symbols; null to pass texts directly to the gate.</param>
/// <param name="recorder">Records the events.</param>
/// <param name="real">Measures real durations.</param>
internal sealed partial class ReplayWorld(
    VirtualTime time, Dictionary<string, ReplayLane> lanes, ReplayCodes codes, ReplayPeople people, HttpClient http, ReplayOptics? optics,
    ReplayRecorder recorder, TimeProvider real) : IDisposable
{
    /// <summary>How long before its showing an expired code is fetched: longer than its period of validity and the skew.</summary>
    public static readonly Duration ExpiredAge = Duration.FromSeconds(150);

    /// <summary>The service as a subject of the agenda.</summary>
    public const string Service = "the service";

    public VirtualTime Time => time;

    public ReplayCodes Codes => codes;

    /// <summary>By the gates' ids.</summary>
    public IReadOnlyDictionary<string, ReplayLane> Lanes => lanes;

    /// <summary>All subjects of the agenda but drivers.</summary>
    public IReadOnlyList<string> Everything => [Service, .. Lanes.Keys];

    /// <summary>What faults may have changed.</summary>
    public ReplayReach Reach { get; } = new(time, lanes.Values);

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

    /// <summary>The service or its store is down until a time, and may answer with errors for a while after it.</summary>
    public void LoseServiceUntil(Instant until)
    {
        foreach (var lane in Lanes.Values)
        {
            lane.Line.OutageUntil = Instant.Max(lane.Line.OutageUntil, until);
        }
    }

    /// <summary>The disk of a gate is damaged. What it knows of its facility's vehicles may never be known to the service.</summary>
    /// <returns>What happened, for people.</returns>
    public Task<string> DamageDiskAsync(string gate, DiskDamage way)
    {
        Reach.DivertFacility(Lanes[gate]);
        return Lanes[gate].DamageDiskAsync(way);
    }

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
                time.Now, facility.Id, facility.Occupancy?.Occupied, facility.Occupancy is not null && Reach.IsAllKnownOf(facility.Id)));
        }
    }

    private async Task ShowAsync(long line, ReplayLane lane, TraceScan scan, CancellationToken cancellationToken)
    {
        var (text, ended) = await codes.TakeAsync(line, scan, time.Now, cancellationToken);
        var expect = ExpectedOf(scan, lane.Gate.Direction, ended);
        if (optics is not null)
        {
            text = await optics.ReadAsync(text, line, cancellationToken);
        }
        await ClearAsync(lane);
        // While a gate is offline, the earlier faults also explain its later decisions, so they are kept.
        lane.Line.Reached = lane.Machine.IsCutOff ? lane.Line.Reached : FaultReach.None;
        var reachBefore = Reach.Before(lane, scan) | (ended == DeviceEnding.Unsure ? FaultReach.EndUnsure : FaultReach.None);
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
        if (showing.IsOpen)
        {
            codes.MarkUsed(scan);
        }
        var tapToOpen = Duration.FromTimeSpan(real.GetElapsedTime(started));
        var outcome = await MoveAsync(lane, showing, scan.Then);
        var written = new ShowingEvents(lane.Journal, showing.Scan, showing.Scan + 1)
        {
            Move = showing.IsOpen ? lane.Machine.LastSeq : null,
        };
        if (!showing.IsOpen && scan is { Show: ShownCode.Valid, Then: Traces.VehicleMove.Passed }
            && WhyAPersonOpens(lane, showing) is { } why)
        {
            (outcome, var byHand, var move) = await lane.LetThroughAsync(why);
            written = written with { ByHand = byHand, Move = move };
        }
        Reach.NoteVisit(scan.Driver, lane);
        var reachHere = lane.Line.Reached;
        var didOtherwise = showing.Decision == GateDecision.Open != (outcome == VehicleOutcome.Passed);
        if (reachHere != FaultReach.None || didOtherwise)
        {
            Reach.NoteUntold(scan.Driver, lane);
        }
        if (didOtherwise)
        {
            await lane.SendAsync(cancellationToken);
        }
        var reach = reachBefore | reachHere;
        if (reach != FaultReach.None || expect != scan.Expect)
        {
            Reach.Divert(scan.Driver);
            if (scan.Expect?.Decision() == GateDecision.Open != (outcome == VehicleOutcome.Passed))
            {
                Reach.DivertFacility(lane);
            }
        }
        reach |= Reach.Fullness(lane, scan.Expect, showing.Reason);
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
            Signer = scan.Signer,
            Decision = showing.Decision,
            Reason = showing.Reason,
            DecidedAlone = showing.IsLocal,
            Attempts = attempts,
            TapToOpen = tapToOpen,
            ServiceTime = showing.Decide is { } decide ? Duration.FromTimeSpan(decide) : null,
            Reach = reach,
            Expected = expect,
            Outcome = outcome,
            Written = written,
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

    /// <summary>Why a person opens for a driver whose code was refused; null if it was not because of a fault.</summary>
    private static string? WhyAPersonOpens(ReplayLane lane, GateShowing showing) =>
        lane.HasDeadClock ? "the gate's clock is wrong"
        : lane.Gate.Direction == GateDirection.Exit && showing.Reason == ScanReason.Expired ? "there are no codes at present"
        : null;

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
        var (outcome, byHand, move) = await lane.LetThroughAsync(opened.Reason);
        if (isForStanding)
        {
            lane.Standing = lane.Standing! with { Written = lane.Standing.Written! with { ByHand = byHand, Move = move } };
            lane.LetGo(outcome);
            Reach.NoteUntold(opened.Driver!, lane);
            await lane.SendAsync(cancellationToken);
        }
        else
        {
            recorder.Add(new HandOpening(line, time.Now, opened.Gate, lane.Facility.Id, opened.Reason));
        }
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
        var written = (lane.Journal, lane.Machine.LastSeq);
        foreach (var driver in inventory.Closes)
        {
            Reach.NoteUntold(driver, lane);
            if (lane.Line.IsCut)
            {
                // It may be lost with the gate's disk.
                Reach.Divert(driver);
            }
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
            Written = written,
        });
    }
}
