using NodaTime;
using Parking.GateProtocol;
using Parking.ScannerSim.Cities;

namespace Parking.ScannerSim.Traces.Recording;

/// <summary>Makes a trace of a service's recording: acts become what the vehicle did, late events go where they belong, pseudonyms become short names. Pure.</summary>
internal sealed class TraceMaker
{
    /// <summary>What people typed is not recorded.</summary>
    public const string HandReason = "as recorded";

    private readonly Dictionary<string, (string Facility, bool IsEntry)> _gates;
    private readonly ILookup<(string?, string?, long), BarrierAct> _acts;
    private readonly Dictionary<(string?, string?, long), RecordedLine> _scans;
    private readonly Dictionary<(string?, string?, long), string> _explainedRefusals = [];
    private readonly RecordedNames _names = new();
    private readonly VehicleKnowledge _knowledge = new();
    private readonly HashSet<string> _shownAgain;

    private TraceMaker(CityPlan city, IReadOnlyCollection<RecordedLine> lines)
    {
        _gates = city.Facilities.SelectMany(facility => facility.Gates, (facility, gate) => (facility, gate))
            .ToDictionary(one => one.gate.Id, one => (one.facility.Id, one.gate.Direction == GateDirection.Entry));
        _acts = lines.Where(line => line.ScanIdentity is not null && line.Act is not null).ToLookup(line => line.ScanIdentity!.Value, line => line.Act!.Value);
        _scans = lines.Where(line => line.Type == RecordedLine.ScanType).ToDictionary(line => line.Identity);
        _shownAgain = [.. _scans.Values.Where(scan => scan.Reason == ScanReason.CodeUsed).Select(scan => scan.Code!)];
    }

    /// <param name="city">Where it was recorded.</param>
    /// <param name="starts">When the recording began.</param>
    /// <param name="lines">In the order in which they came, repetitions and all.</param>
    public static RecordedTrace Make(CityPlan city, Instant starts, IReadOnlyList<RecordedLine> lines)
    {
        var ends = lines.Select(line => line.At).Append(starts).Max();
        var events = lines.Where(line => line.Gate is not null).DistinctBy(line => line.Identity).Index().ToList();
        var within = events.Where(line => line.Item.At >= starts).OrderBy(line => line.Item.At).ToList();
        var maker = new TraceMaker(city, [.. within.Select(line => line.Item)]);
        return new([.. within.Select(line => maker.Make(line.Item, line.Index)).OfType<TraceEvent>()], ends, events.Count - within.Count);
    }

    private TraceEvent? Make(RecordedLine line, int order) => line switch
    {
        { Type: RecordedLine.ScanType, Driver: null } => MakeOfNobody(line),
        { Type: RecordedLine.ScanType } => MakeScan(line, order),
        { Type: RecordedLine.ActType } => MakeOfAct(line, order),
        { Incident: { } incident } => new TraceIncident { At = line.At, Gate = line.Gate!, Incident = incident },
        { Type: RecordedLine.InventoryType } => MakeInventory(line, order),
        _ => null,
    };

    private TraceScan MakeOfNobody(RecordedLine line)
    {
        var show = ShownCodes.ShownFor(line.Reason!.Value);
        var scan = new TraceScan { At = line.At, Gate = line.Gate!, Driver = _names.OfNobody(), Show = show, Expect = ShownCodes.ReasonFor(show) };
        _explainedRefusals[line.Identity] = scan.Driver;
        return scan;
    }

    private TraceScan MakeScan(RecordedLine line, int order)
    {
        var reason = line.Reason!.Value;
        var show = ShownCodes.ShownFor(reason);
        var isExplained = _knowledge.Explains(line, order);
        _knowledge.Note(line.Driver!, order);
        var scan = new TraceScan
        {
            At = line.At,
            Gate = line.Gate!,
            Driver = _names.OfDriver(line.Driver!),
            Vehicle = line is { Vehicle: { } vehicle, Class: { } kind } ? _names.OfVehicle(vehicle, kind) : null,
            Show = show,
            Code = LabelOf(line),
            Expect = isExplained ? show == ShownCode.Valid ? reason : ShownCodes.ReasonFor(show) : null,
        };
        if (Opens(reason))
        {
            _knowledge.NoteOpened(line.Code!, line.At);
            scan = scan with { Then = HasPassed(line) ? VehicleMove.Passed : VehicleMove.BackedOut };
            NotePassed(scan.Then == VehicleMove.Passed, line);
        }
        else if (isExplained)
        {
            _explainedRefusals[line.Identity] = scan.Driver;
        }
        else
        {
            // Another service may open here. What the vehicle did is what counts: it stayed outside, unless somebody opened by hand.
            scan = scan with { Then = _acts[line.Identity].Contains(BarrierAct.OpenedByHand) ? VehicleMove.Passed : VehicleMove.BackedOut };
            NotePassed(scan.Then == VehicleMove.Passed, line);
        }
        return scan;
    }

    private TraceOpenedByHand? MakeOfAct(RecordedLine line, int order)
    {
        var scan = line.ScanIdentity is { } identity ? _scans.GetValueOrDefault(identity) : null;
        if (scan?.Driver is { } driver && ChangesBooks(line.Act, scan.Reason!.Value))
        {
            _knowledge.Note(driver, order);
        }
        if (line.Act != BarrierAct.OpenedByHand)
        {
            return null;
        }
        if (line.ScanIdentity is null)
        {
            return new() { At = line.At, Gate = line.Gate!, Reason = HandReason };
        }
        if (!_explainedRefusals.TryGetValue(line.ScanIdentity.Value, out var refused))
        {
            return null;
        }
        if (scan?.Driver is not null)
        {
            NotePassed(true, scan);
        }
        return new() { At = line.At, Gate = line.Gate!, Reason = HandReason, Driver = refused };
    }

    private TraceInventory? MakeInventory(RecordedLine line, int order)
    {
        var facility = _gates[line.Gate!].Facility;
        var closed = line.Closes.Where(driver => _knowledge.IsIn(driver, facility)).ToList();
        foreach (var driver in line.Closes)
        {
            _knowledge.Note(driver, order);
        }
        return closed.Count == 0 && line.Count is null
            ? null
            : new() { At = line.At, Gate = line.Gate!, Closes = [.. closed.Select(_names.OfDriver)], Count = line.Count };
    }

    private void NotePassed(bool hasPassed, RecordedLine scan)
    {
        if (hasPassed)
        {
            var (facility, isEntry) = _gates[scan.Gate!];
            _knowledge.NotePassed(scan.Driver!, scan.Vehicle, isEntry ? facility : null);
        }
    }

    /// <summary>Only a code that is refused for having opened before needs one.</summary>
    private string? LabelOf(RecordedLine scan) => scan.Code is { } code && _shownAgain.Contains(code)
        && (Opens(scan.Reason!.Value) || (scan.Reason == ScanReason.CodeUsed && _knowledge.IsUsed(code, scan.At)))
        ? _names.OfCode(code)
        : null;

    /// <summary>An open barrier and nothing more said of it: most vehicles go through.</summary>
    private bool HasPassed(RecordedLine scan)
    {
        var acts = _acts[scan.Identity];
        return acts.Any(act => act is BarrierAct.Passed or BarrierAct.OpenedByHand) || !acts.Any(act => act is BarrierAct.BackedOut or BarrierAct.StayedShut);
    }

    /// <summary>That a vehicle went through behind an open barrier, or stayed outside a shut one, was taken for granted before it was told.</summary>
    private static bool ChangesBooks(BarrierAct? act, ScanReason reason) => act switch
    {
        BarrierAct.Opened or BarrierAct.Passed => false,
        BarrierAct.StayedShut => Opens(reason),
        _ => true,
    };

    private static bool Opens(ScanReason reason) =>
        reason is ScanReason.Entered or ScanReason.EnteredAfterMissedExit or ScanReason.Exited or ScanReason.MissedEntry or ScanReason.OpenedOffline;
}
