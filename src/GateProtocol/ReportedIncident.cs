using System.ComponentModel.DataAnnotations;

namespace Parking.GateProtocol;

/// <summary>An incident at the gate that is neither a scan nor an act.</summary>
public sealed record ReportedIncident : ReportedEvent
{
    /// <summary>The incident.</summary>
    public required GateIncident Incident { get; init; }

    /// <summary>The number of the scan before it, if any.</summary>
    [Range(EventSequence.First, EventSequence.Max, ErrorMessage = "scan is the seq of a scan of this journal.")]
    public long? Scan { get; init; }

    /// <summary>A text for technicians. It must not name anyone.</summary>
    [StringLength(ReportedAct.MaxReasonLength, MinimumLength = 1, ErrorMessage = "detail has 1 to 200 characters.")]
    public string? Detail { get; init; }
}
