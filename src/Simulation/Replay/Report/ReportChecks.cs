using Parking.Simulation.Replay.Verdict;

namespace Parking.Simulation.Replay.Report;

/// <summary>The checks of a report, for a person to read: each claim, what it was checked on, and the number of violations.</summary>
public static class ReportChecks
{
    public static IReadOnlyList<ReportCheck> Of(ReplayReport report)
    {
        var counts = report.Counts;
        return
        [
            new(
                "放行与拒绝如预期", "Decisions are as expected",
                $"{counts.DecisionsCompared:N0} of {counts.Decisions:N0}; {counts.DecisionsReached:N0} affected by a fault, "
                    + $"{counts.DecisionsUnexpected:N0} without expectation",
                Count(MismatchKind.Decision)),
            new(
                "没有丢失", "Nothing is lost",
                $"{counts.PassagesInOneStay:N0} of {counts.Passages:N0} passages in exactly one stay"
                    + (counts.EventsLostWithDisk == 0 ? "" : $"; {counts.EventsLostWithDisk:N0} events and with them "
                    + $"{counts.PassagesLostWithDisk:N0} passages lost with damaged disks"),
                Math.Max(counts.PassagesLost, Count(MismatchKind.LostStay)) + Count(MismatchKind.RejectedEvent)),
            new(
                "没有重复", "Nothing is duplicated", $"{counts.StaysFound:N0} stays in the books, "
                    + $"{counts.StaysExpected - counts.StaysForgotten:N0} expected",
                Math.Max(counts.PassagesDoubled, Count(MismatchKind.DoubledStay) + Count(MismatchKind.UnknownStay))),
            new("停车记录逐项相符", "Stays agree in every member", $"{counts.StaysMatched:N0} stays", Count(MismatchKind.StayMember)),
            new("费用分毫不差", "Fees agree to the last minor unit", $"{counts.FeesCompared:N0} fees", Count(MismatchKind.Fee)),
            new(
                "归档逐项相符", "The archive agrees in every member",
                $"{counts.ArchivedMatched:N0} of {counts.StaysArchived:N0} archived stays, {counts.ArchivedFeesCompared:N0} of them ended, "
                    + "with fee and lines",
                Count(MismatchKind.NotArchived) + Count(MismatchKind.DoubledInArchive) + Count(MismatchKind.UnknownInArchive)
                    + Count(MismatchKind.ArchivedMember)),
            new(
                "在场数相符", "Occupancy is exact",
                $"{report.Facilities.Count:N0} facilities at the end, {counts.SamplesCompared:N0} samples on the way "
                    + $"({counts.SamplesLeftOut:N0} left out: something was in flight)",
                Count(MismatchKind.Occupancy)),
        ];

        int Count(MismatchKind kind) => report.Mismatches.Count(mismatch => mismatch.Kind == kind);
    }
}

/// <summary>One check.</summary>
/// <param name="Zh">The claim in Chinese.</param>
/// <param name="En">The claim in English.</param>
/// <param name="Evidence">What it was checked on.</param>
/// <param name="Faults">The number of violations.</param>
public sealed record ReportCheck(string Zh, string En, string Evidence, int Faults);
