using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Cities;

namespace Parking.Simulation.Traces.Recording;

/// <summary>
/// Makes a trace from a service's recording. Barrier events become what the vehicle did, late events are put in their place, and pseudonyms
/// become short names. It does no input or output.
/// </summary>
internal sealed class TraceMaker
{
    /// <summary>The reason in the trace of every opening by hand. Recordings do not contain the text that a person typed.</summary>
    public const string HandReason = "as recorded";

    private readonly Dictionary<string, (FacilityPlan Facility, bool IsEntry)> _gates;
    private readonly HashSet<(string?, string?, long)> _scans;
    private readonly HashSet<(string?, string?, long)> _explained = [];
    private readonly RecordedActs _acts;
    private readonly CodeLabels _labels;
    private readonly RecordedNames _names = new();
    private readonly VehicleKnowledge _knowledge = new();

    private TraceMaker(CityPlan city, IReadOnlyCollection<(int Order, RecordedLine Line)> lines)
    {
        _gates = city.Facilities.SelectMany(facility => facility.Gates, (facility, gate) => (facility, gate))
            .ToDictionary(one => one.gate.Id, one => (one.facility, one.gate.Direction == GateDirection.Entry));
        var scans = lines.Select(one => one.Line).Where(line => line.Type == RecordedLine.ScanType).ToList();
        _scans = [.. scans.Select(scan => scan.Identity)];
        _acts = new(lines);
        _labels = new(scans, _acts);
    }

    /// <param name="city">The recording's city.</param>
    /// <param name="starts">The start of the recording.</param>
    /// <param name="lines">In the order in which they came, with repetitions.</param>
    public static RecordedTrace Make(CityPlan city, Instant starts, IReadOnlyList<RecordedLine> lines)
    {
        var ends = lines.Select(line => line.At).Append(starts).Max();
        var events = lines.Where(line => line.Gate is not null).DistinctBy(line => line.Identity).Index().ToList();
        var within = events.Where(one => one.Item.At >= starts).OrderBy(one => one.Item.At).ToList();
        var maker = new TraceMaker(city, within);

        // An opening by hand is made together with its scan, but its time is later. So the events are sorted again.
        var made = within.SelectMany(one => maker.Make(one.Item, one.Index)).OrderBy(next => next.At);
        return new([.. made], ends, events.Count - within.Count);
    }

    private IEnumerable<TraceEvent> Make(RecordedLine line, int order) => line switch
    {
        { Type: RecordedLine.ScanType, Driver: null } => MakeOfNobody(line),
        { Type: RecordedLine.ScanType } => MakeScan(line, order),
        { Act: BarrierAct.OpenedByHand } when line.ScanIdentity is not { } scan || !_scans.Contains(scan) =>
            [HandOpening(line, line.At, null)],
        // A gate reports the others by itself: a replay's gate will, if it comes to that.
        { Incident: GateIncident.Tailgating or GateIncident.BarrierFault or GateIncident.BarrierRepaired } =>
            [new TraceIncident { At = line.At, Gate = line.Gate!, Incident = line.Incident.Value }],
        { Type: RecordedLine.InventoryType } => MakeInventory(line, order),
        _ => [],
    };

    private IEnumerable<TraceEvent> MakeOfNobody(RecordedLine line)
    {
        var hasPassed = _acts.HasPassed(line);
        var show = ShownCodes.ShownFor(line.Reason!.Value);
        if (show == ShownCode.Valid && hasPassed)
        {
            // The gate had opened alone, and the service then found that the code names no known holder. The trace keeps only that a
            // vehicle passed.
            return [HandOpening(line, line.At, null)];
        }
        show = show == ShownCode.Valid ? ShownCode.Foreign : show;
        var scan = new TraceScan
        {
            At = line.At,
            Gate = line.Gate!,
            Driver = _names.OfNobody(),
            Show = show,
            Expect = ShownCodes.ReasonFor(show),
        };
        return hasPassed ? [scan, HandOpening(line, _acts.OpenedAt(line), scan.Driver)] : [scan];
    }

    private IEnumerable<TraceEvent> MakeScan(RecordedLine line, int order)
    {
        var (facility, isEntry) = _gates[line.Gate!];
        var hasPassed = _acts.HasPassed(line);
        var show = ShownCodes.ShownFor(line.Reason!.Value);
        var copied = _labels.OfCopy(line) is { } copy && _explained.Contains(copy.Opener) ? copy.Label : null;
        var isExplained = show != ShownCode.Valid || copied is not null || _knowledge.Explains(line, facility.Id, order);
        _knowledge.Note(line.Driver!, _acts.ToldBy(line, order));
        if (isExplained)
        {
            _explained.Add(line.Identity);
        }
        if (hasPassed)
        {
            _knowledge.NotePassed(line, facility, isEntry, isExplained);
        }
        var scan = new TraceScan
        {
            At = line.At,
            Gate = line.Gate!,
            Driver = _names.OfDriver(line.Driver!),
            Vehicle = _names.OfVehicle(line),
            Show = show,
            Signer = show == ShownCode.Revoked ? CodeSigner.Device : CodeSigner.Service,
            Code = _labels.OfOpener(line) ?? copied,

            // If the scan is sure to be refused again, this member is not used. If not, the vehicle does what it did in the recording.
            Then = hasPassed || (isExplained && !RecordedActs.Opens(line)) ? VehicleMove.Passed : VehicleMove.BackedOut,
            Expect = !isExplained ? null : show == ShownCode.Valid ? line.Reason : ShownCodes.ReasonFor(show),
        };
        return hasPassed && isExplained && !RecordedActs.Opens(line)
            ? [scan, HandOpening(line, _acts.OpenedAt(line), scan.Driver)]
            : [scan];
    }

    private IEnumerable<TraceEvent> MakeInventory(RecordedLine line, int order)
    {
        var facility = _gates[line.Gate!].Facility.Id;
        var byDriver = line.Closes.GroupBy(stay => stay.Driver, stay => stay.Stay).ToList();
        var closed = byDriver.Where(stays => _knowledge.Close(stays.Key, [.. stays], facility)).Select(stays => stays.Key).ToList();
        byDriver.ForEach(stays => _knowledge.Note(stays.Key, order));
        return closed.Count == 0 && line.Count is null
            ? []
            : [new TraceInventory { At = line.At, Gate = line.Gate!, Closes = [.. closed.Select(_names.OfDriver)], Count = line.Count }];
    }

    private static TraceOpenedByHand HandOpening(RecordedLine line, Instant at, string? driver) =>
        new() { At = at, Gate = line.Gate!, Reason = HandReason, Driver = driver };
}

/// <summary>The trace made from a recording.</summary>
/// <param name="Events">In order of time.</param>
/// <param name="Ends">The time of the last line.</param>
/// <param name="LeftOut">The number of events left out because they happened before the recording began.</param>
public sealed record RecordedTrace(IReadOnlyList<TraceEvent> Events, Instant Ends, int LeftOut)
{
    public TraceCounts Count()
    {
        var counts = new TraceCounts();
        foreach (var next in Events)
        {
            counts.Add(next);
        }
        return counts;
    }
}
