using Parking.Stays;

namespace Parking.Admission;

/// <summary>What a pass of the sweep found to do.</summary>
/// <param name="Completed">Decided scans that were carried over to their facility and answered.</param>
/// <param name="Abandoned">Scans that were begun and never decided: forgotten, their places free again.</param>
/// <param name="Mended">Places that did not agree with the timelines.</param>
public readonly record struct SweepResult(int Completed, int Abandoned, AuditResult Mended)
{
    public static SweepResult operator +(SweepResult left, SweepResult right) =>
        new(left.Completed + right.Completed, left.Abandoned + right.Abandoned, left.Mended + right.Mended);
}
