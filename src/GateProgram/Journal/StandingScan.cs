using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>The last scan, of a vehicle that has neither passed nor gone back.</summary>
/// <param name="Seq">The scan's number.</param>
/// <param name="Act">What the barrier did for it; null if nothing is written yet.</param>
internal readonly record struct StandingScan(long Seq, BarrierAct? Act)
{
    /// <summary>Whether the barrier is open for it.</summary>
    public bool IsOpen => Act is BarrierAct.Opened or BarrierAct.OpenedByHand;

    /// <summary>Who stands there after an event.</summary>
    public static StandingScan? After(StandingScan? standing, ReportedEvent reported) => reported switch
    {
        ReportedScan scan => new StandingScan(scan.Seq, null),
        ReportedAct act when act.Scan is { } seq && seq == standing?.Seq =>
            act.Act is BarrierAct.Passed or BarrierAct.BackedOut ? null : new StandingScan(seq, act.Act),
        _ => standing,
    };
}
