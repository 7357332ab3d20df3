using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Gates.FakeService;

/// <summary>An event that the service has stored.</summary>
/// <param name="Event">The event as it was first reported. A restored scan has its decision token instead of the code.</param>
/// <param name="Answer">The decision of a scan; null for other events.</param>
internal sealed record Fact(ReportedEvent Event, ScanAnswer? Answer)
{
    /// <summary>Whether a report has the same content. Members that a gate may add later are ignored.</summary>
    public bool Is(ReportedEvent reported) => (Event, reported) switch
    {
        (ReportedScan known, ReportedScan { DecisionToken: { } token } again) =>
            token == Answer?.DecisionToken && Bare(known) == Bare(again),
        (ReportedScan { Code: null } known, ReportedScan again) => Bare(known) == Bare(again),
        (ReportedScan known, ReportedScan again) => known.Code == again.Code && Bare(known) == Bare(again),
        (ReportedInventory known, ReportedInventory again) =>
            known with { Closes = null } == again with { Closes = null }
            && (known.Closes ?? []).SequenceEqual(again.Closes ?? []),
        _ => Event == reported,
    };

    private static ReportedScan Bare(ReportedScan scan) => scan with { Code = null, DecisionToken = null, Local = null };
}
