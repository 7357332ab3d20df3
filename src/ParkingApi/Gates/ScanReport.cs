using Parking.Api.Facilities;
using Parking.Api.Hosting.Metrics;
using Parking.Api.Occupancy;
using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>Tells those who watch that a scan was decided: one log line, one measurement, and the occupancy board.</summary>
internal sealed partial class ScanReport(OccupancyBoard board, ParkingMetrics metrics, TimeProvider time, ILogger<ScanReport> logger)
{
    public long Start() => time.GetTimestamp();

    /// <returns>How long deciding took.</returns>
    public TimeSpan Finish(Gate gate, ScanRequest scan, ScanOutcome outcome, long started)
    {
        var elapsed = time.GetElapsedTime(started);
        if (outcome is ScanOutcome.Answered { Answer: var answer })
        {
            board.Touch(gate.Facility);
            metrics.ScanDecided(gate, answer.Reason, elapsed);
            Decided(logger, gate.Facility.Id, gate.Id, scan.Journal, scan.Seq, answer.Decision, answer.Reason, elapsed.TotalMilliseconds);
        }
        else
        {
            Rejected(logger, gate.Facility.Id, gate.Id, scan.Journal, scan.Seq, outcome is ScanOutcome.Conflicting ? "conflict" : "forgotten");
        }

        return elapsed;
    }

    [LoggerMessage(3001, LogLevel.Information, "{Facility} {Gate} {Journal}/{Seq}: {Decision}, {Reason}, {Milliseconds:F1} ms", EventName = "ScanDecided")]
    private static partial void Decided(
        ILogger logger, FacilityId facility, GateId gate, string journal, long seq, GateDecision decision, ScanReason reason, double milliseconds);

    [LoggerMessage(3002, LogLevel.Error, "{Facility} {Gate} {Journal}/{Seq}: rejected, {Problem}. The gate has used a number twice, or its disk was copied", EventName = "ScanRejected")]
    private static partial void Rejected(ILogger logger, FacilityId facility, GateId gate, string journal, long seq, string problem);
}
