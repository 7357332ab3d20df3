using System.ComponentModel.DataAnnotations;

namespace Parking.GateProtocol;

/// <summary>Something went wrong at the gate that is no scan and no act.</summary>
public sealed record ReportedIncident : ReportedEvent
{
    /// <summary>What it was.</summary>
    public required GateIncident Incident { get; init; }

    /// <summary>The number of the scan behind which it happened, where there was one.</summary>
    [Range(EventSequence.First, EventSequence.Max, ErrorMessage = "scan is the seq of a scan of this journal.")]
    public long? Scan { get; init; }

    /// <summary>For people: what a technician should know. Nothing that names a person.</summary>
    [StringLength(ReportedAct.MaxReasonLength, MinimumLength = 1, ErrorMessage = "detail has 1 to 200 characters.")]
    public string? Detail { get; init; }
}
