using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Traces.Recording;

/// <summary>
/// What the barrier and the vehicle did after a scan. As the service weighs acts (docs/stays.md), whatever order they came in: backed out,
/// then opened or passed or opened by hand, then stayed shut; where none is known, as was decided.
/// </summary>
internal sealed class RecordedActs
{
    private readonly ILookup<(string?, string?, long), (RecordedLine Act, int Order)> _acts;

    /// <param name="lines">With the order in which the service was told of each.</param>
    public RecordedActs(IEnumerable<(int Order, RecordedLine Line)> lines) =>
        _acts = lines.Where(one => one.Line.ScanIdentity is not null && one.Line.Act is not null).ToLookup(
            one => one.Line.ScanIdentity!.Value, one => (one.Line, one.Order));

    /// <summary>Whether a vehicle went through.</summary>
    public bool HasPassed(RecordedLine scan) =>
        IsUnknown(scan) ? Opens(scan) : Has(scan, IsOpening) && !Has(scan, act => act == BarrierAct.BackedOut);

    /// <summary>Whether the barrier opened, so that the code is used.</summary>
    public bool HasOpened(RecordedLine scan) =>
        IsUnknown(scan) ? Opens(scan) : Has(scan, act => IsOpening(act) || act == BarrierAct.BackedOut);

    /// <summary>When a refused scan's vehicle was let in all the same.</summary>
    public Instant OpenedAt(RecordedLine scan) =>
        _acts[scan.Identity].Where(one => IsOpening(one.Act.Act!.Value)).Select(one => Instant.Max(one.Act.At, scan.At))
            .DefaultIfEmpty(scan.At).Min();

    /// <summary>
    /// When the service was told everything that it did not take for granted from the decision: the order of the last such line.
    /// </summary>
    /// <param name="scan">The scan.</param>
    /// <param name="order">The scan's own.</param>
    public int ToldBy(RecordedLine scan, int order) =>
        HasPassed(scan) == Opens(scan) ? order : _acts[scan.Identity].Select(one => one.Order).Append(order).Max();

    /// <summary>Whether the scan was decided so that the barrier opens.</summary>
    public static bool Opens(RecordedLine scan) => scan.Reason
        is ScanReason.Entered or ScanReason.EnteredAfterMissedExit or ScanReason.Exited
            or ScanReason.MissedEntry or ScanReason.OpenedOffline;

    private bool IsUnknown(RecordedLine scan) => !_acts.Contains(scan.Identity);

    private bool Has(RecordedLine scan, Func<BarrierAct, bool> which) => _acts[scan.Identity].Any(one => which(one.Act.Act!.Value));

    private static bool IsOpening(BarrierAct act) => act is BarrierAct.Opened or BarrierAct.Passed or BarrierAct.OpenedByHand;
}
