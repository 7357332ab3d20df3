namespace Parking.GateProtocol;

/// <summary>The answer to one event of an upload.</summary>
public sealed record EventAnswer
{
    /// <summary>The event's number.</summary>
    public required long Seq { get; init; }

    /// <summary>The outcome.</summary>
    public required EventOutcome Outcome { get; init; }

    /// <summary>The decision on a scan; null for other events.</summary>
    public ScanAnswer? Scan { get; init; }

    /// <summary>The error and its place; null if there is none.</summary>
    public string? Error { get; init; }
}
