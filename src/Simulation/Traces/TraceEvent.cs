using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces;

/// <summary>An event at a gate: one line of a trace.</summary>
public abstract record TraceEvent
{
    /// <summary>When it happened, in true time with milliseconds.</summary>
    public required Instant At { get; init; }

    /// <summary>The gate's id in the header's city.</summary>
    public required string Gate { get; init; }
}

/// <summary>A driver showed a code.</summary>
internal sealed record TraceScan : TraceEvent
{
    /// <summary>The driver's pseudonym. Each pseudonym is one citizen in the whole trace.</summary>
    public required string Driver { get; init; }

    /// <summary>The vehicle that the code names, one of the driver's; null if it names none.</summary>
    public Vehicle? Vehicle { get; init; }

    public ShownCode Show { get; init; } = ShownCode.Valid;

    public CodeSigner Signer { get; init; } = CodeSigner.Service;

    /// <summary>Two scans within a minute with the same label show the same text; null if no other scan shows this text.</summary>
    public string? Code { get; init; }

    /// <summary>What the vehicle does if the barrier opens. If it stays shut, the vehicle turns away.</summary>
    public VehicleMove Then { get; init; } = VehicleMove.Passed;

    /// <summary>The reason that a service gives if it lost nothing; null if that is unknown.</summary>
    public ScanReason? Expect { get; init; }
}

/// <summary>What a driver shows to the reader.</summary>
public enum ShownCode
{
    /// <summary>A fresh code of the driver's own.</summary>
    Valid,

    /// <summary>A code of the driver whose validity is over, including the skew that gates allow.</summary>
    Expired,

    /// <summary>A code that is correct except for its key, which the service never published.</summary>
    Forged,

    /// <summary>A code of the driver with a wrong signature.</summary>
    Damaged,

    /// <summary>A text that is not a code.</summary>
    Foreign,

    /// <summary>A fresh code of a phone that was removed from the driver's devices.</summary>
    Revoked,
}

/// <summary>Who signed the code that a driver shows.</summary>
public enum CodeSigner
{
    /// <summary>The service, over a network: <c>SP1</c>.</summary>
    Service,

    /// <summary>The driver's phone itself, without a network: <c>SP2</c>.</summary>
    Device,
}

/// <summary>What a vehicle does at an open barrier.</summary>
public enum VehicleMove
{
    /// <summary>It passes.</summary>
    Passed,

    /// <summary>It goes back the way it came.</summary>
    BackedOut,
}

/// <summary>A person opened the barrier, and a vehicle passed.</summary>
internal sealed record TraceOpenedByHand : TraceEvent
{
    /// <summary>The reason, for people. It must not name a person.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The driver who was let through, if it is the driver of the gate's last scan and that was refused; null if no code was shown.
    /// </summary>
    public string? Driver { get; init; }
}

/// <summary>An inventory was taken at the gate's facility.</summary>
internal sealed record TraceInventory : TraceEvent
{
    /// <summary>Drivers whose stays here are open in the books although their vehicles have left; empty for none.</summary>
    public IReadOnlyList<string> Closes { get; init; } = [];

    /// <summary>The number of vehicles present; null if they were not counted.</summary>
    public int? Count { get; init; }
}

/// <summary>An incident at the gate: a line of type <c>tailgating</c>, <c>barrier_fault</c> or <c>barrier_repaired</c>.</summary>
internal sealed record TraceIncident : TraceEvent
{
    public required GateIncident Incident { get; init; }
}
