using NodaTime;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay;

/// <summary>A driver showed a code at a gate, and what came of it.</summary>
public sealed record Showing
{
    /// <summary>The trace's line, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The event's time as the books have it, to the millisecond: the gate's, with its offset, or the service's own where that took its place.</summary>
    public required Instant At { get; init; }

    public required string Gate { get; init; }

    public required string Facility { get; init; }

    public required GateDirection Direction { get; init; }

    public required string Driver { get; init; }

    /// <summary>The slot of the vehicle that the code names; 0: it names none.</summary>
    public int Vehicle { get; init; }

    /// <summary>Stands for the code's text: the same number for the same text, and only for it. The text itself is a secret.</summary>
    public required int Code { get; init; }

    public ShownCode Shown { get; init; } = ShownCode.Valid;

    /// <summary>What the driver saw the barrier decide; null where it decided nothing.</summary>
    public GateDecision? Decision { get; init; }

    /// <summary>Why.</summary>
    public ScanReason? Reason { get; init; }

    /// <summary>Whether the gate decided without the service.</summary>
    public bool DecidedAlone { get; init; }

    /// <summary>How often the scan was sent until it was answered.</summary>
    public int Attempts { get; init; }

    /// <summary>From showing the code to the barrier's decision, on a real clock; null where that was not measured.</summary>
    public Duration? TapToOpen { get; init; }

    /// <summary>Of the attempt that was answered, on a real clock.</summary>
    public Duration? RoundTrip { get; init; }

    /// <summary>How long the service says that it took.</summary>
    public Duration? ServiceTime { get; init; }

    /// <summary>What could have changed the decision. Where it is not <see cref="FaultReach.None"/> the decision is compared with nothing.</summary>
    public FaultReach Reach { get; init; }

    /// <summary>What a service that lost nothing decides, if the trace says so.</summary>
    public ScanReason? Expected { get; init; }

    /// <summary>What the vehicle did. One that a person let through after a refusal has passed.</summary>
    public required VehicleOutcome Outcome { get; init; }

    /// <summary>Whether the books can know whose code it was: a forged one names nobody.</summary>
    public bool NamesHolder => Shown is ShownCode.Valid or ShownCode.Expired;
}
