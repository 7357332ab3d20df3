namespace Parking.GateProtocol;

/// <summary>The gate lost the service, or found it again.</summary>
public sealed record ReportedLink : ReportedEvent
{
    /// <summary>Which.</summary>
    public required LinkChange Link { get; init; }
}
