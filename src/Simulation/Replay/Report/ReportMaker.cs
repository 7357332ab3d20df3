using NodaTime;
using Parking.Simulation.Cities;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;
using Parking.Simulation.Replay.Verdict;

namespace Parking.Simulation.Replay.Report;

internal static class ReportMaker
{
    /// <summary>The total number of columns of all charts. It limits the size of the page for any number of facilities.</summary>
    private const int AllColumns = 9600;

    private const int FewestColumns = 48, MostColumns = 480;

    /// <summary>The most scans that are listed.</summary>
    private const int MostScans = 2000;

    public static ReplayReport Make(ReplayRecording recording, OracleBooks oracle, ServiceBooks books, ReplayVerdict verdict)
    {
        var columns = Math.Clamp(AllColumns / Math.Max(1, recording.City.Facilities.Count), FewestColumns, MostColumns);
        var samples = recording.Samples.ToLookup(sample => sample.Facility);
        return new()
        {
            Run = recording.Run,
            TimeZone = recording.City.TimeZone.Id,
            Good = verdict.IsGood,
            Counts = verdict.Counts,
            Decisions = Decisions(recording.Showings),
            Latency = Latency(recording.Showings),
            Money = verdict.Money,
            Facilities = [.. recording.City.Facilities.Select(facility =>
                Describe(
                    facility, recording.Run, oracle.Occupancy[facility.Id], samples[facility.Id],
                    books.Occupied.GetValueOrDefault(facility.Id), columns))],
            Faults = [.. recording.Faults.OrderBy(fault => fault.At)],
            Events = Events(recording),
            Mismatches = verdict.Mismatches,
            Conflicting = verdict.Conflicting,
            Scans = Scans(recording.Showings, verdict),
        };
    }

    private static List<DecisionRow> Decisions(IReadOnlyList<Showing> showings) =>
    [
        .. from showing in showings
           group showing by (showing.Reason, showing.Decision) into same
           orderby same.Key.Reason
           select new DecisionRow(same.Key.Reason, same.Key.Decision, same.Count(), same.Count(showing => showing.DecidedAlone)),
    ];

    private static List<LatencyRow> Latency(IReadOnlyList<Showing> showings) =>
    [
        .. new[]
        {
            LatencyRow.Of(LatencyKind.TapToOpen, showings.Select(showing => showing.TapToOpen)),
            LatencyRow.Of(LatencyKind.RoundTrip, showings.Select(showing => showing.RoundTrip)),
            LatencyRow.Of(LatencyKind.Service, showings.Select(showing => showing.ServiceTime)),
        }.OfType<LatencyRow>(),
    ];

    private static FacilityReport Describe(
        FacilityPlan facility, RunFacts run, OccupancyCurve curve, IEnumerable<OccupancySample> samples, int? found, int columns)
    {
        var length = Math.Max(1, (long)(run.Ends - run.Starts).TotalMilliseconds);
        return new()
        {
            Id = facility.Id,
            Name = facility.Name,
            Capacity = facility.Capacity,
            Highest = curve.Highest,
            Expected = curve.Final,
            Found = found,
            Oracle = StepSampler.Thin([.. curve.Steps.Select(step => Point(step.At, step.Occupied))], length, columns),
            Service = StepSampler.Thin(
                [.. samples.OrderBy(sample => sample.At).Select(sample => Point(sample.At, sample.Occupied ?? -1))], length, columns),
        };

        long[] Point(Instant at, int occupied) => [Math.Clamp((long)(at - run.Starts).TotalMilliseconds, 0, length), occupied];
    }

    private static List<ReportEvent> Events(ReplayRecording recording) =>
    [
        .. recording.Inventories
            .Select(sent => new ReportEvent(sent.Line, sent.At, "inventory", sent.Gate, sent.Facility, Describe(sent)))
            .Concat(recording.HandOpenings.Select(
                opening => new ReportEvent(opening.Line, opening.At, "opened_by_hand", opening.Gate, opening.Facility, opening.Reason)))
            .Concat(recording.Incidents.Select(
                seen => new ReportEvent(seen.Line, seen.At, WireName.Of(seen.Incident), seen.Gate, seen.Facility, null)))
            .OrderBy(happened => happened.At),
    ];

    private static string Describe(SentInventory sent) => (sent.Closes.Count, sent.Count) switch
    {
        (var closes, null) => $"closes {closes}",
        (0, { } count) => $"counts {count}",
        var (closes, count) => $"closes {closes}, counts {count}",
    };

    private static List<Showing> Scans(IReadOnlyList<Showing> showings, ReplayVerdict verdict)
    {
        var lines = verdict.Mismatches.SelectMany(mismatch => mismatch.Lines)
            .Concat(verdict.Conflicting.SelectMany(stay => stay.Lines)).Distinct().Take(MostScans).ToHashSet();
        return [.. showings.Where(showing => lines.Contains(showing.Line)).OrderBy(showing => showing.Line)];
    }
}
