namespace Parking.Simulation.Traces;

/// <summary>A person opened the barrier, and a vehicle went through.</summary>
internal sealed record TraceOpenedByHand : TraceEvent
{
    /// <summary>Why, for people. Nothing that names a person.</summary>
    public required string Reason { get; init; }

    /// <summary>Who was let through, if it is the driver of the gate's last scan, which was refused; null if nobody had shown a code.</summary>
    public string? Driver { get; init; }
}
