using System.Text.Json.Serialization;
using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Cities;
using Parking.Simulation.Phones;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay;

/// <summary>Everything that a replay did and observed. Oracle, verdict and report use only this. It contains no secrets.</summary>
internal sealed record ReplayRecording
{
    public required RunFacts Run { get; init; }

    public required CityPlan City { get; init; }

    /// <summary>All drivers of the trace.</summary>
    public required IReadOnlyList<ReplayDriver> Drivers { get; init; }

    /// <summary>All showings of codes, in any order.</summary>
    public required IReadOnlyList<Showing> Showings { get; init; }

    public IReadOnlyList<SentInventory> Inventories { get; init; } = [];

    /// <summary>
    /// Vehicles that a person let through without a code. A vehicle that had shown a code is in <see cref="Showings"/> as passed.
    /// </summary>
    public IReadOnlyList<HandOpening> HandOpenings { get; init; } = [];

    public IReadOnlyList<SeenIncident> Incidents { get; init; } = [];

    public IReadOnlyList<RejectedEvent> Rejected { get; init; } = [];

    /// <summary>What was lost with the disks of gates.</summary>
    public IReadOnlyList<DiskLoss> DiskLosses { get; init; } = [];

    public IReadOnlyList<FaultSpan> Faults { get; init; } = [];

    public IReadOnlyList<OccupancySample> Samples { get; init; } = [];
}

/// <summary>A driver of the trace.</summary>
/// <param name="Name">The pseudonym in the trace.</param>
/// <param name="Vehicles">As registered. The first has slot 1; slot 0 is a code without a vehicle.</param>
internal sealed record ReplayDriver(string Name, IReadOnlyList<Vehicle> Vehicles)
{
    /// <summary>The vehicle class for the price of a stay. A stay without a vehicle is priced as a car's.</summary>
    public VehicleClass ClassOf(int slot) => slot == 0 ? VehicleClass.Car : Vehicles[slot - 1].Class;

    /// <summary>The slot of a plate in a service's answer; 0 for none, −1 for a plate that the driver did not register.</summary>
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

/// <summary>The showing of a code at a gate, with its result.</summary>
public sealed record Showing
{
    /// <summary>The line in the trace, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>
    /// The event's time in the books, in milliseconds: the gate's time with its offset, or the service's own time if that replaced it.
    /// </summary>
    public required Instant At { get; init; }

    public required string Gate { get; init; }

    public required string Facility { get; init; }

    public required GateDirection Direction { get; init; }

    public required string Driver { get; init; }

    /// <summary>The slot of the vehicle in the code; 0 for none.</summary>
    public int Vehicle { get; init; }

    /// <summary>A number for the code's text. Equal texts have equal numbers. The text itself is secret.</summary>
    public required int Code { get; init; }

    public ShownCode Shown { get; init; } = ShownCode.Valid;

    public CodeSigner Signer { get; init; } = CodeSigner.Service;

    /// <summary>The decision at the barrier; null if there was none.</summary>
    public GateDecision? Decision { get; init; }

    public ScanReason? Reason { get; init; }

    /// <summary>Whether the gate decided without the service.</summary>
    public bool DecidedAlone { get; init; }

    /// <summary>The number of attempts to send the scan until it was answered.</summary>
    public int Attempts { get; init; }

    /// <summary>The real time from showing the code to the barrier's decision; null if it was not measured.</summary>
    public Duration? TapToOpen { get; init; }

    /// <summary>The real time of the answered attempt.</summary>
    public Duration? RoundTrip { get; init; }

    /// <summary>The service's time, as it reports it.</summary>
    public Duration? ServiceTime { get; init; }

    /// <summary>
    /// The faults that may have changed the decision. The decision is compared only if this is <see cref="FaultReach.None"/>.
    /// </summary>
    public FaultReach Reach { get; init; }

    /// <summary>The reason that the trace expects from a service that lost nothing; null if it expects none.</summary>
    public ScanReason? Expected { get; init; }

    /// <summary>What the vehicle did. A refused vehicle that a person let through has passed.</summary>
    public required VehicleOutcome Outcome { get; init; }

    /// <summary>Where its events are in the gate's journal; null if that does not matter.</summary>
    [JsonIgnore]
    internal ShowingEvents? Written { get; init; }

    /// <summary>Whether the code names a holder that the books can know. A forged code does not.</summary>
    public bool NamesHolder => Shown is ShownCode.Valid or ShownCode.Expired or ShownCode.Revoked;
}

/// <summary>The numbers of a showing's events in the journal of its gate.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Scan">The scan.</param>
/// <param name="Decision">The first event that was written together with the gate's decision: what the barrier did, or a lost
/// connection.</param>
internal sealed record ShowingEvents(JournalName Journal, long Scan, long Decision)
{
    /// <summary>The opening by a person; null if there was none.</summary>
    public long? ByHand { get; init; }

    /// <summary>What the vehicle did at the open barrier; null if the barrier stayed shut.</summary>
    public long? Move { get; init; }
}

/// <summary>A journal as the replay names it.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Id">The journal's id.</param>
/// <param name="Disk">How often the gate's disk was damaged before. After a lost tail, a journal goes on with numbers that it had given
/// before.</param>
internal sealed record JournalName(string Gate, string Id, int Disk);

/// <summary>Events that were on the disk of a gate only, in a part of it that was damaged.</summary>
/// <param name="At">When.</param>
/// <param name="Journal">The journal.</param>
/// <param name="Events">Their numbers.</param>
internal sealed record DiskLoss(Instant At, JournalName Journal, IReadOnlySet<long> Events);

/// <summary>What a vehicle did at a barrier.</summary>
public enum VehicleOutcome
{
    /// <summary>The barrier was shut, and it turned away.</summary>
    DidNotPass,

    /// <summary>It passed.</summary>
    Passed,

    /// <summary>The barrier opened, and it went back.</summary>
    BackedOut,
}

/// <summary>An inventory as it was sent. An inventory with only a count closes no stays.</summary>
internal sealed record SentInventory
{
    public required long Line { get; init; }

    public required Instant At { get; init; }

    public required string Gate { get; init; }

    public required string Facility { get; init; }

    /// <summary>The stays that it closes.</summary>
    public IReadOnlyList<NamedStay> Closes { get; init; } = [];

    /// <summary>The number of vehicles counted; null if they were not counted.</summary>
    public int? Count { get; init; }

    /// <summary>The journal and the number of its event; null if that does not matter.</summary>
    public (JournalName Journal, long Seq)? Written { get; init; }
}

/// <summary>An event that the service rejected.</summary>
/// <param name="At">The time of the answer.</param>
/// <param name="Gate">The gate.</param>
/// <param name="Facility">The gate's facility.</param>
/// <param name="Seq">The event's number in the gate's journal.</param>
/// <param name="Outcome">The service's outcome.</param>
/// <param name="Error">The service's reason.</param>
internal sealed record RejectedEvent(Instant At, string Gate, string Facility, long Seq, EventOutcome Outcome, string? Error);

/// <summary>A person opened a barrier for a driver who had shown no code. The books have no stay for it.</summary>
internal sealed record HandOpening(long Line, Instant At, string Gate, string Facility, string Reason);

/// <summary>An incident at a gate. It changes no stay.</summary>
internal sealed record SeenIncident(long Line, Instant At, string Gate, string Facility, GateIncident Incident);

/// <summary>A sample of a facility's occupancy.</summary>
/// <param name="At">The trace's time. All events up to and including this instant had happened, and no later one.</param>
/// <param name="Facility">The facility.</param>
/// <param name="Occupied">The open stays as the service reports them; null if it did not know.</param>
/// <param name="IsQuiet">Whether no request was running and no event was unsent. Only then must the sample agree with the oracle.</param>
internal sealed record OccupancySample(Instant At, string Facility, int? Occupied, bool IsQuiet);

/// <summary>A fault that was injected.</summary>
public sealed record FaultSpan
{
    public required Instant At { get; init; }

    /// <summary>When it ended; equal to <see cref="At"/> for a fault without a duration.</summary>
    public required Instant Until { get; init; }

    /// <summary>The kind in snake_case, such as <c>kill_store</c>. Each kind has its own lane in the report.</summary>
    public required string Kind { get; init; }

    /// <summary>The gate; null if the fault affects all gates.</summary>
    public string? Gate { get; init; }

    /// <summary>The gate's facility.</summary>
    public string? Facility { get; init; }

    /// <summary>Details for people.</summary>
    public string? Detail { get; init; }
}

/// <summary>What was replayed, with which service and options, and how long it took.</summary>
public sealed record RunFacts
{
    /// <summary>The trace's name for people, without a path.</summary>
    public required string Trace { get; init; }

    /// <summary>The seed of a generated trace; null for real events.</summary>
    public long? Seed { get; init; }

    /// <summary>The beginning of the trace, in its own time.</summary>
    public required Instant Starts { get; init; }

    /// <summary>The trace's time at which the books were read.</summary>
    public required Instant Ends { get; init; }

    /// <summary>The real duration of the replay.</summary>
    public required Duration Took { get; init; }

    /// <summary>The requested speed, such as <c>60x</c> or <c>max</c>.</summary>
    public required string Speed { get; init; }

    /// <summary>The requested faults, such as <c>none</c> or <c>all</c>.</summary>
    public required string FaultProfile { get; init; }

    /// <summary>The seed of the faults; null if there were none.</summary>
    public long? FaultSeed { get; init; }

    /// <summary>The service's store.</summary>
    public required string Store { get; init; }

    public required string SimulatorVersion { get; init; }

    /// <summary>Null if the service did not report it.</summary>
    public string? ServiceVersion { get; init; }
}

/// <summary>A stay that an inventory closes.</summary>
/// <param name="Driver">The stay's driver.</param>
/// <param name="EnteredAt">The entry's time; null for all open stays of the driver at the facility.</param>
internal sealed record NamedStay(string Driver, Instant? EnteredAt = null);
