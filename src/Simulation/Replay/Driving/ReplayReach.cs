using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay.Driving;

/// <summary>
/// What faults may have changed: the decisions of which scans, and the occupancy of which facilities. What they cannot have changed must be
/// as expected. Safe to use from many threads.
/// </summary>
/// <param name="time">The trace's time.</param>
/// <param name="lanes">All gates.</param>
internal sealed class ReplayReach(VirtualTime time, IReadOnlyCollection<ReplayLane> lanes)
{
    private readonly ConcurrentDictionary<string, FaultReach> _reachOfDrivers = new();

    /// <summary>
    /// Drivers about whom gates have events that the service has not acknowledged: the gates, with the number of the last such event.
    /// </summary>
    private readonly ConcurrentDictionary<string, ImmutableDictionary<ReplayLane, (JournalName Journal, long Seq)>> _untold = new();

    /// <summary>The facilities that each driver has visited.</summary>
    private readonly ConcurrentDictionary<string, ImmutableHashSet<string>> _visited = new();

    /// <summary>The facilities in which faults have made other vehicles be there than in the trace.</summary>
    private readonly ConcurrentDictionary<string, bool> _divertedFacilities = new();

    /// <summary>In ticks of <see cref="Instant.ToUnixTimeTicks"/>: an <see cref="Instant"/> cannot be written in one step.</summary>
    private long _missingUntil = Instant.MinValue.ToUnixTimeTicks();

    private Instant IsMissingUntil => Instant.FromUnixTimeTicks(Volatile.Read(ref _missingUntil));

    /// <summary>
    /// The store lost its last writes. Until a time, some gates do not know this yet and have not sent the lost events again.
    /// </summary>
    public void StoreLostSomething(Instant until) =>
        Volatile.Write(ref _missingUntil, Instant.Max(IsMissingUntil, until).ToUnixTimeTicks());

    /// <summary>The service is away until shortly before a time. What gates had still to send again is missing until then.</summary>
    public void NothingIsSentAgain(Instant until)
    {
        if (time.Now < IsMissingUntil)
        {
            StoreLostSomething(until);
        }
    }

    /// <summary>A driver has been at a gate.</summary>
    public void NoteVisit(string driver, ReplayLane lane) =>
        _visited.AddOrUpdate(driver, _ => [lane.Facility.Id], (_, visited) => visited.Add(lane.Facility.Id));

    /// <summary>Notes an event that the service cannot know from its own decision.</summary>
    public void NoteUntold(string driver, ReplayLane lane)
    {
        var last = (lane.Journal, lane.Machine.LastSeq);
        _untold.AddOrUpdate(
            driver, _ => ImmutableDictionary<ReplayLane, (JournalName, long)>.Empty.Add(lane, last),
            (_, known) => known.SetItem(lane, last));
    }

    /// <summary>A fault changed a decision or the knowledge about a driver. All later decisions start from another state.</summary>
    public void Divert(string driver) => _reachOfDrivers[driver] = FaultReach.HolderDiverted;

    /// <summary>A fault changed which vehicles are at the facility, or what is known of them.</summary>
    public void DivertFacility(ReplayLane lane) => _divertedFacilities.TryAdd(lane.Facility.Id, true);

    /// <summary>The faults that may change the decision of a scan which is about to be shown.</summary>
    public FaultReach Before(ReplayLane lane, TraceScan scan)
    {
        var reach = _reachOfDrivers.GetValueOrDefault(scan.Driver);
        reach |= time.Now < IsMissingUntil ? FaultReach.StoreForgot : FaultReach.None;
        reach |= IsUntold(scan.Driver) ? FaultReach.HolderUnsent : FaultReach.None;
        reach |= lane.Line.IsCut ? FaultReach.GateCut : FaultReach.None;
        reach |= lane.Time.Skew == Duration.Zero ? FaultReach.None : FaultReach.ClockSkewed;

        // Whether the facility is full depends on the events of all its gates.
        var isKnown = lanes.Where(other => other.Facility.Id == lane.Facility.Id).All(
            other => other is { Machine.IsCutOff: false, IsRecovering: false });
        return reach | (isKnown ? FaultReach.None : FaultReach.FacilityUnsent);
    }

    /// <summary>Whether earlier faults may have changed that a facility is full, or that it is not.</summary>
    public FaultReach Fullness(ReplayLane lane, ScanReason? expected, ScanReason decided) =>
        expected == ScanReason.Full != (decided == ScanReason.Full) && _divertedFacilities.ContainsKey(lane.Facility.Id)
            ? FaultReach.FacilityDiverted
            : FaultReach.None;

    /// <summary>
    /// Whether the service knows everything that the occupancy of a facility depends on: the events of its gates, and the events of its
    /// drivers at other facilities, which can end a stay here. An unsent event that agrees with its decision changes nothing, unless the
    /// store lost writes; then the decision itself may have to be sent again.
    /// </summary>
    public bool IsAllKnownOf(string facility) =>
        time.Now >= IsMissingUntil && !lanes.Any(lane => lane.IsRecovering)
        && lanes.Where(lane => lane.Facility.Id == facility).All(
            lane => lane is { Machine.IsCutOff: false, Line.NextDue: null } && (lane.IsDrained || IsMissingUntil == Instant.MinValue))
        && !_untold.Keys.Any(driver => _visited.TryGetValue(driver, out var visited) && visited.Contains(facility) && IsUntold(driver));

    private bool IsUntold(string driver) => _untold.TryGetValue(driver, out var known)
        && known.Any(last => last.Key.Journal == last.Value.Journal && last.Key.Machine.AcknowledgedThrough < last.Value.Seq);
}
