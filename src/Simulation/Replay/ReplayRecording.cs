using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Cities;
using Parking.Simulation.Phones;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay;

/// <summary>All that a replay did and saw: what the oracle, the verdict and the report go by. Nothing in it is a secret.</summary>
internal sealed record ReplayRecording
{
    public required RunFacts Run { get; init; }

    public required CityPlan City { get; init; }

    /// <summary>Everybody in the trace.</summary>
    public required IReadOnlyList<ReplayDriver> Drivers { get; init; }

    /// <summary>Every showing of a code, in any order.</summary>
    public required IReadOnlyList<Showing> Showings { get; init; }

    public IReadOnlyList<SentInventory> Inventories { get; init; } = [];

    /// <summary>
    /// Vehicles that a person let through without a code of theirs. One that had shown a code is in <see cref="Showings"/> as passed.
    /// </summary>
    public IReadOnlyList<HandOpening> HandOpenings { get; init; } = [];

    public IReadOnlyList<SeenIncident> Incidents { get; init; } = [];

    public IReadOnlyList<RejectedEvent> Rejected { get; init; } = [];

    public IReadOnlyList<FaultSpan> Faults { get; init; } = [];

    public IReadOnlyList<OccupancySample> Samples { get; init; } = [];
}

/// <summary>Somebody in the trace.</summary>
/// <param name="Name">The trace's pseudonym.</param>
/// <param name="Vehicles">As registered: the first has slot 1. Slot 0 is a code that names no vehicle.</param>
internal sealed record ReplayDriver(string Name, IReadOnlyList<Vehicle> Vehicles)
{
    /// <summary>The class by which a stay of this vehicle is priced: without a vehicle it is a car's.</summary>
    public VehicleClass ClassOf(int slot) => slot == 0 ? VehicleClass.Car : Vehicles[slot - 1].Class;

    /// <summary>The slot of a plate that the service told; 0 for none, −1 for one that the driver never registered.</summary>
    public int SlotOf(string? plate)
    {
        for (var index = 0; index < Vehicles.Count; index++)
        {
            if (Vehicles[index].Plate == plate)
            {
                return index + 1;
            }
        }
        return plate is null ? 0 : -1;
    }
}

/// <summary>A driver showed a code at a gate, and what came of it.</summary>
public sealed record Showing
{
    /// <summary>The trace's line, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>
    /// The event's time as the books have it, to the millisecond: the gate's, with its offset, or the service's own where that took its
    /// place.
    /// </summary>
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

    /// <summary>
    /// What could have changed the decision. Where it is not <see cref="FaultReach.None"/> the decision is compared with nothing.
    /// </summary>
    public FaultReach Reach { get; init; }

    /// <summary>What a service that lost nothing decides, if the trace says so.</summary>
    public ScanReason? Expected { get; init; }

    /// <summary>What the vehicle did. One that a person let through after a refusal has passed.</summary>
    public required VehicleOutcome Outcome { get; init; }

    /// <summary>Whether the books can know whose code it was: a forged one names nobody.</summary>
    public bool NamesHolder => Shown is ShownCode.Valid or ShownCode.Expired;
}

/// <summary>What a vehicle did at a barrier.</summary>
public enum VehicleOutcome
{
    /// <summary>It left the way it came, the barrier being shut.</summary>
    DidNotPass,

    /// <summary>It went through.</summary>
    Passed,

    /// <summary>The barrier opened, and it went back.</summary>
    BackedOut,
}

/// <summary>An inventory as it was sent. A bare count closes nothing.</summary>
internal sealed record SentInventory
{
    public required long Line { get; init; }

    public required Instant At { get; init; }

    public required string Gate { get; init; }

    public required string Facility { get; init; }

    /// <summary>The stays that it names.</summary>
    public IReadOnlyList<NamedStay> Closes { get; init; } = [];

    /// <summary>The vehicles that were counted; null if they were not.</summary>
    public int? Count { get; init; }
}

/// <summary>An event that the service did not take as it was.</summary>
/// <param name="At">When it said so.</param>
/// <param name="Gate">Whose.</param>
/// <param name="Facility">Where.</param>
/// <param name="Seq">Its number in the gate's journal.</param>
/// <param name="Outcome">What was said.</param>
/// <param name="Error">And why.</param>
internal sealed record RejectedEvent(Instant At, string Gate, string Facility, long Seq, EventOutcome Outcome, string? Error);

/// <summary>A person opened a barrier for somebody who had shown no code. The books know of no stay.</summary>
internal sealed record HandOpening(long Line, Instant At, string Gate, string Facility, string Reason);

/// <summary>Something went wrong at a gate that changes no stay.</summary>
internal sealed record SeenIncident(long Line, Instant At, string Gate, string Facility, GateIncident Incident);

/// <summary>The service was asked how full a facility is.</summary>
/// <param name="At">When, in the trace's time: everything up to and with this instant had happened, and nothing after it.</param>
/// <param name="Facility">Where.</param>
/// <param name="Occupied">Open stays, as the service says; null where it could not.</param>
/// <param name="IsQuiet">Whether nothing was in flight and nothing unsent: only then must it agree with the oracle.</param>
internal sealed record OccupancySample(Instant At, string Facility, int? Occupied, bool IsQuiet);

/// <summary>A fault that was injected.</summary>
public sealed record FaultSpan
{
    public required Instant At { get; init; }

    /// <summary>When it was over; the same as <see cref="At"/> for what has no length.</summary>
    public required Instant Until { get; init; }

    /// <summary>In snake_case, such as <c>store_killed</c>: one lane of the report each.</summary>
    public required string Kind { get; init; }

    /// <summary>The gate that it struck; null: everything.</summary>
    public string? Gate { get; init; }

    /// <summary>Where that gate is.</summary>
    public string? Facility { get; init; }

    /// <summary>More, for people.</summary>
    public string? Detail { get; init; }
}

/// <summary>What was replayed, on what, and how long it took.</summary>
public sealed record RunFacts
{
    /// <summary>The trace, by a name for people: no path of this machine.</summary>
    public required string Trace { get; init; }

    /// <summary>What the trace was generated from; null for what really happened.</summary>
    public long? Seed { get; init; }

    /// <summary>From when the trace tells, in its own time.</summary>
    public required Instant Starts { get; init; }

    /// <summary>Until when, in its own time: when the books were read.</summary>
    public required Instant Ends { get; init; }

    /// <summary>How long the replay took, on a real clock.</summary>
    public required Duration Took { get; init; }

    /// <summary>The speed asked for, such as <c>60x</c> or <c>max</c>.</summary>
    public required string Speed { get; init; }

    /// <summary>The faults asked for, such as <c>none</c> or <c>all</c>.</summary>
    public required string FaultProfile { get; init; }

    /// <summary>What the faults were drawn from; null where there were none.</summary>
    public long? FaultSeed { get; init; }

    /// <summary>What the service kept its books in.</summary>
    public required string Store { get; init; }

    public required string SimulatorVersion { get; init; }

    /// <summary>Null where the service did not say.</summary>
    public string? ServiceVersion { get; init; }
}

/// <summary>A stay that an inventory names.</summary>
/// <param name="Driver">Whose.</param>
/// <param name="EnteredAt">The entry's time; null: whatever the driver has open at that facility then.</param>
internal sealed record NamedStay(string Driver, Instant? EnteredAt = null);
