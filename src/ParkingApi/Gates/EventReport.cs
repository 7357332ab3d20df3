using NodaTime;
using Parking.Admission;
using Parking.Alarms;
using Parking.Api.Drivers;
using Parking.Api.Hosting.Metrics;
using Parking.Api.Occupancy;
using Parking.Api.Recording;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>
/// Reports the outcome of each event to the log, the alarms, the metrics, screens of operators and of the driver, and running recordings.
/// </summary>
internal sealed partial class EventReport(
    OccupancyBoard board,
    DecisionFeed decisions,
    GateMishaps mishaps,
    DriverMoments drivers,
    Recorder recorder,
    ParkingMetrics metrics,
    TimeProvider time,
    ILogger<EventReport> logger)
{
    public long Start() => time.GetTimestamp();

    public TimeSpan Elapsed(long started) => time.GetElapsedTime(started);

    /// <remarks>
    /// Screens hear of a scan once. One that comes again by its decision token was decided earlier, perhaps long ago.
    /// </remarks>
    public void Finish(Gate gate, JournalId journal, IncomingEvent incoming, EventResult handled, long started)
    {
        var elapsed = Elapsed(started);
        var id = new GateEventId(gate.Id, journal, incoming.Seq);
        board.Touch(gate.Facility);
        recorder.Note(gate, id, incoming, handled);
        metrics.EventTakenIn(handled.Outcome);
        switch (handled)
        {
            case { Outcome: EventOutcome.Decided, Scan: { } scan }:
                metrics.ScanDecided(gate, scan.Reason, elapsed);
                Decided(logger, gate.Facility.Id, id, scan.Decision, scan.Reason, elapsed.TotalMilliseconds);
                if (!handled.IsRepeat && incoming.Event is ReportedScan { Code: not null } reported)
                {
                    var at = MomentOf(incoming, handled);
                    mishaps.NoteScan(gate, scan.Reason, at);
                    decisions.Note(gate, scan, at, isLive: reported.Local is null);
                    if (handled.Decided is { } decided)
                    {
                        drivers.Tell(decided, gate, scan, at);
                    }
                }

                break;
            case { Outcome: EventOutcome.Conflict }:
                mishaps.NoteConflict(gate);
                Conflict(logger, gate.Facility.Id, id);
                break;
            case { Outcome: EventOutcome.Unreadable }:
                Unreadable(logger, gate.Facility.Id, id, handled.Error);
                break;
        }
    }

    /// <summary>When the code was shown: as its holder's timeline says, or by the gate's clock if the scan names nobody.</summary>
    private static Instant MomentOf(IncomingEvent incoming, EventResult handled) =>
        handled.Decided?.Scan.OccurredAt ?? EventTimes.OfOther(incoming.Event!, handled.Scan!.DecidedAt, incoming.SteadyAt);

    [LoggerMessage(3001, LogLevel.Information, "{Facility} {Event}: {Decision}, {Reason}, {Milliseconds:F1} ms", EventName = "ScanDecided")]
    private static partial void Decided(
        ILogger logger, FacilityId facility, GateEventId @event, GateDecision decision, ScanReason reason, double milliseconds);

    [LoggerMessage(
        3002,
        LogLevel.Error,
        "{Facility} {Event}: a different event is stored with this identity. The gate has used a number twice, or its disk was copied",
        EventName = "EventConflict")]
    private static partial void Conflict(ILogger logger, FacilityId facility, GateEventId @event);

    [LoggerMessage(
        3005, LogLevel.Warning, "{Facility} {Event} is unreadable and is stored as such: {Fault}", EventName = "EventUnreadable")]
    private static partial void Unreadable(ILogger logger, FacilityId facility, GateEventId @event, string? fault);
}
