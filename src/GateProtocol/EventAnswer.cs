namespace Parking.GateProtocol;

/// <summary>What became of one event of an upload.</summary>
public sealed record EventAnswer
{
    /// <summary>The event's number.</summary>
    public required long Seq { get; init; }

    /// <summary>What became of it.</summary>
    public required EventOutcome Outcome { get; init; }

    /// <summary>Of a scan, what was decided; null for all else.</summary>
    public ScanAnswer? Scan { get; init; }

    /// <summary>What is wrong with it, naming the place; null if nothing is.</summary>
    public string? Error { get; init; }
}
