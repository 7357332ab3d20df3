using Parking.GateProtocol;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces;

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
