using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces;

/// <summary>Something that happened at a gate. One line of a trace.</summary>
public abstract record TraceEvent
{
    /// <summary>When it happened, in true time, to the millisecond.</summary>
    public required Instant At { get; init; }

    /// <summary>Where: a gate of the header's city.</summary>
    public required string Gate { get; init; }
}

/// <summary>A driver showed a code.</summary>
internal sealed record TraceScan : TraceEvent
{
    /// <summary>Who: a pseudonym. The same one is the same citizen throughout.</summary>
    public required string Driver { get; init; }

    /// <summary>The vehicle that the code names, which is one of the driver's; null: it names none.</summary>
    public Vehicle? Vehicle { get; init; }

    public ShownCode Show { get; init; } = ShownCode.Valid;

    /// <summary>Two scans with the same label show the very same text, within a minute; null: a text of its own.</summary>
    public string? Code { get; init; }

    /// <summary>What the vehicle does if the barrier opens. If it stays shut, the vehicle leaves the way it came.</summary>
    public VehicleMove Then { get; init; } = VehicleMove.Passed;

    /// <summary>What a service that lost nothing decides; null where nobody knows.</summary>
    public ScanReason? Expect { get; init; }
}

/// <summary>What a driver holds before the reader.</summary>
public enum ShownCode
{
    /// <summary>A fresh code of the driver's own.</summary>
    Valid,

    /// <summary>One of the driver's own whose minute, and the skew that gates allow, was over.</summary>
    Expired,

    /// <summary>A code that is right in everything but the key, which the service never published.</summary>
    Forged,

    /// <summary>One of the driver's own with a signature that does not fit.</summary>
    Damaged,

    /// <summary>A text that is no code at all.</summary>
    Foreign,
}

/// <summary>What a vehicle does before an open barrier.</summary>
public enum VehicleMove
{
    /// <summary>It goes through.</summary>
    Passed,

    /// <summary>It goes back where it came from.</summary>
    BackedOut,
}

/// <summary>A person opened the barrier, and a vehicle went through.</summary>
internal sealed record TraceOpenedByHand : TraceEvent
{
    /// <summary>Why, for people. Nothing that names a person.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// Who was let through, if it is the driver of the gate's last scan, which was refused; null if nobody had shown a code.
    /// </summary>
    public string? Driver { get; init; }
}

/// <summary>Somebody went round the gate's facility and looked.</summary>
internal sealed record TraceInventory : TraceEvent
{
    /// <summary>Whose stays at this facility are still open in the books while their vehicles are gone; empty: nobody's.</summary>
    public IReadOnlyList<string> Closes { get; init; } = [];

    /// <summary>How many vehicles are there; null: they were not counted.</summary>
    public int? Count { get; init; }
}

/// <summary>Something went wrong at the gate: a line of type <c>tailgating</c>, <c>barrier_fault</c> or <c>barrier_repaired</c>.</summary>
internal sealed record TraceIncident : TraceEvent
{
    public required GateIncident Incident { get; init; }
}
