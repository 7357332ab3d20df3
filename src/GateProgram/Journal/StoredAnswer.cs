using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>What the service answered to a scan, as far as it is kept.</summary>
/// <param name="Scan">The scan's number.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="Receipt">Takes the code's place from now on; null where nothing would have to be restored.</param>
internal readonly record struct StoredAnswer(long Scan, GateDecision Decision, ScanReason Reason, string? Receipt)
{
    public static StoredAnswer Of(long scan, ScanAnswer answer) => new(scan, answer.Decision, answer.Reason, answer.Receipt);
}
