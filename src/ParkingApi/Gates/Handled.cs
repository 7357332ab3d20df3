using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>What became of one reported event.</summary>
/// <param name="Outcome">What is said of it.</param>
/// <param name="AcknowledgedThrough">The journal's contiguous prefix by then.</param>
/// <param name="Scan">Of a scan, its decision.</param>
/// <param name="Error">What is wrong with it.</param>
internal readonly record struct Handled(EventOutcome Outcome, long AcknowledgedThrough, ScanAnswer? Scan = null, string? Error = null)
{
    public static Handled Of(ScanOutcome outcome) => outcome switch
    {
        ScanOutcome.Answered answered => new(EventOutcome.Decided, answered.AcknowledgedThrough, answered.Answer),
        ScanOutcome.Conflicting conflict => new(EventOutcome.Conflict, conflict.AcknowledgedThrough),
        ScanOutcome.Forgotten forgotten => new(EventOutcome.Forgotten, forgotten.AcknowledgedThrough),
        _ => throw new System.Diagnostics.UnreachableException($"{outcome} is no outcome of a scan."),
    };

    public EventAnswer ToAnswer(long seq) => new() { Seq = seq, Outcome = Outcome, Scan = Scan, Error = Error };
}
