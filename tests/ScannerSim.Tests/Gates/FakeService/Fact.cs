using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Gates.FakeService;

/// <summary>An event as the service knows it.</summary>
/// <param name="Event">As it was first reported; a restored scan has its decision token in place of the code.</param>
/// <param name="Answer">Of a scan, what was decided.</param>
internal sealed record Fact(ReportedEvent Event, ScanAnswer? Answer)
{
    /// <summary>Whether a report is of the same content. What a gate may add later is none.</summary>
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
