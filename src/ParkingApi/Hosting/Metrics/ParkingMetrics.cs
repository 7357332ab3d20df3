using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Hosting.Metrics;

/// <summary>The service's metrics. Readable with dotnet-counters; sent by OTLP if that is configured.</summary>
internal sealed class ParkingMetrics
{
    public const string MeterName = "Parking";

    private readonly Counter<long> _codesMinted;
    private readonly Counter<long> _scans;
    private readonly Counter<long> _events;
    private readonly Counter<long> _storeErrors;
    private readonly Counter<long> _repairs;
    private readonly Counter<long> _archivedTimelines;
    private readonly Counter<long> _archivedRevisions;
    private readonly Counter<long> _archiveErrors;
    private readonly Histogram<double> _decideDuration;

    public ParkingMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _codesMinted = meter.CreateCounter<long>("parking.codes.minted", "{code}", "Codes handed to citizens.");
        _scans = meter.CreateCounter<long>(
            "parking.scans", "{scan}", "Scans answered, by direction of the gate and reason; repetitions count again.");
        _events = meter.CreateCounter<long>(
            "parking.events", "{event}", "Reported events by outcome; repetitions count again. A conflict is an alarm.");
        _storeErrors = meter.CreateCounter<long>(
            "parking.store.errors", "{error}", "Requests and sweeps that failed because the store was out of reach.");
        _repairs = meter.CreateCounter<long>(
            "parking.sweep.repairs", "{repair}", "What the sweep put right, by kind. Once is a crash; again and again is a defect.");
        _archivedTimelines = meter.CreateCounter<long>(
            "parking.archive.timelines", "{timeline}", "Changed timelines that the archive took over.");
        _archivedRevisions = meter.CreateCounter<long>(
            "parking.archive.revisions", "{revision}", "Revisions of ended stays that the archive appended.");
        _archiveErrors = meter.CreateCounter<long>(
            "parking.archive.errors", "{error}", "Rounds of the drain that failed because the archive was out of reach.");
        _decideDuration = meter.CreateHistogram<double>(
            "parking.scan.decide.duration",
            "s",
            "Time from a scan's arrival to its answer, within the service.",
            advice: new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 2] });
    }

    public void CodeMinted() => _codesMinted.Add(1);

    public void StoreFailed() => _storeErrors.Add(1);

    public void Archived(int timelines, int revisions)
    {
        _archivedTimelines.Add(timelines);
        _archivedRevisions.Add(revisions);
    }

    public void ArchiveFailed() => _archiveErrors.Add(1);

    public void Swept(string kind, int count)
    {
        if (count > 0)
        {
            _repairs.Add(count, new KeyValuePair<string, object?>("parking.repair.kind", kind));
        }
    }

    public void EventTakenIn(EventOutcome outcome) =>
        _events.Add(
            1, new KeyValuePair<string, object?>("parking.event.outcome", JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString())));

    /// <summary>Neither gate nor facility is a tag: a city has thousands of them, and occupancy is published in other ways.</summary>
    public void ScanDecided(Gate gate, ScanReason reason, TimeSpan elapsed)
    {
        var tags = new TagList
        {
            { "parking.gate.direction", gate.Direction == GateDirection.Entry ? "entry" : "exit" },
            { "parking.scan.reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()) },
        };
        _scans.Add(1, tags);
        _decideDuration.Record(elapsed.TotalSeconds, tags);
    }
}
