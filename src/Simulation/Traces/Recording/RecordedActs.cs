using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Traces.Recording;

/// <summary>
/// What the barrier and the vehicle did after a scan. The rules are the service's (docs/stays.md) and do not depend on the order in which
/// barrier events came: backed out counts first, then opened, passed or opened by hand, then stayed shut. Without a barrier event the
/// decision counts.
/// </summary>
internal sealed class RecordedActs
{
    private readonly ILookup<(string?, string?, long), (RecordedLine Act, int Order)> _acts;

    /// <param name="lines">The lines with the order in which the service received them.</param>
    public RecordedActs(IEnumerable<(int Order, RecordedLine Line)> lines) =>
        _acts = lines.Where(one => one.Line.ScanIdentity is not null && one.Line.Act is not null).ToLookup(
            one => one.Line.ScanIdentity!.Value, one => (one.Line, one.Order));

    /// <summary>Whether the vehicle passed.</summary>
    public bool HasPassed(RecordedLine scan) =>
        IsUnknown(scan) ? Opens(scan) : Has(scan, IsOpening) && !Has(scan, act => act == BarrierAct.BackedOut);

    /// <summary>Whether the barrier opened, so that the code is used.</summary>
    public bool HasOpened(RecordedLine scan) =>
        IsUnknown(scan) ? Opens(scan) : Has(scan, act => IsOpening(act) || act == BarrierAct.BackedOut);

    /// <summary>When the vehicle of a refused scan was let through.</summary>
    public Instant OpenedAt(RecordedLine scan) =>
        _acts[scan.Identity].Where(one => IsOpening(one.Act.Act!.Value)).Select(one => Instant.Max(one.Act.At, scan.At))
            .DefaultIfEmpty(scan.At).Min();

    /// <summary>When the service knew what happened, if that differs from the decision: the order of the last barrier event.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="order">The scan's own order.</param>
    public int ToldBy(RecordedLine scan, int order) =>
        HasPassed(scan) == Opens(scan) ? order : _acts[scan.Identity].Select(one => one.Order).Append(order).Max();

    /// <summary>Whether the decision opens the barrier.</summary>
    public static bool Opens(RecordedLine scan) => scan.Reason is { } reason && reason.Opens();

    private bool IsUnknown(RecordedLine scan) => !_acts.Contains(scan.Identity);

    private bool Has(RecordedLine scan, Func<BarrierAct, bool> which) => _acts[scan.Identity].Any(one => which(one.Act.Act!.Value));

    private static bool IsOpening(BarrierAct act) => act is BarrierAct.Opened or BarrierAct.Passed or BarrierAct.OpenedByHand;
}
