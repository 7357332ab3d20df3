namespace Parking.GateProtocol;

/// <summary>The gate lost or regained its connection to the service.</summary>
public sealed record ReportedLink : ReportedEvent
{
    /// <summary>The change.</summary>
    public required LinkChange Link { get; init; }
}
