using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>What clients say to the hub at <c>/hubs/occupancy</c>.</summary>
public interface IOccupancyHub
{
    /// <summary>
    /// Subscribes to <c>city</c>, <c>district:id</c> or <c>facility:id</c>. The snapshot comes first; doing it again brings a fresh one.
    /// </summary>
    Task Subscribe(string scope);

    /// <summary>Ends a subscription. One that was never made is passed over.</summary>
    Task Unsubscribe(string scope);
}

/// <summary>What the hub says to its clients.</summary>
public interface IOccupancyClient
{
    /// <summary>Once after each subscription, before any change in its scope.</summary>
    Task Snapshot(OccupancySnapshot snapshot);

    /// <summary>At most ten a second for each facility, however many cars pass: the newest state, not each step.</summary>
    Task Changed(OccupancyMessage change);

    /// <summary>Once a second, whatever happens: how old the figures are. If it stays out or grows, so do the figures.</summary>
    Task Tick(OccupancyTick tick);

    /// <summary>
    /// A gate fell silent or is heard again, lost the service or found it, or something happened at its barrier. In the scopes of its
    /// facility.
    /// </summary>
    Task GateChanged(GateMessage change);

    /// <summary>
    /// What gates of the scope decided since the last such message, at most ten messages a second. Each has the newest decisions, at most
    /// 64, in the order in which the service handled them; older ones are left out. Decisions are not repeated later: what was decided
    /// before subscribing, or through another instance, is not heard.
    /// </summary>
    Task Decided(IReadOnlyList<DecisionMessage> decisions);
}

/// <summary>How old the figures of all scopes are.</summary>
/// <param name="Age">Milliseconds since the state of all facilities was last read; about a second at most while all is well.</param>
public sealed record OccupancyTick(long Age);

/// <summary>The state of everything in a scope: the first message after subscribing.</summary>
/// <param name="Scope">What was subscribed to.</param>
/// <param name="Facilities">Every facility in it.</param>
/// <param name="Gates">Every gate of those.</param>
public sealed record OccupancySnapshot(string Scope, IReadOnlyList<OccupancyMessage> Facilities, IReadOnlyList<GateMessage> Gates);

/// <summary>A facility's occupancy as the hub says it. Nothing in it leads to a person.</summary>
/// <param name="Facility">The facility's id.</param>
/// <param name="Sequence">One more with each message about this facility. A gap means that one was missed: subscribe again. The same
/// number twice (overlapping scopes) is the same message.</param>
/// <param name="Occupied">Open stays, or null while that is not known.</param>
/// <param name="Capacity">Number of spaces.</param>
/// <param name="AsOf">When this was read from the store.</param>
/// <param name="State">Whether it takes vehicles in, as far as is known.</param>
/// <param name="Confidence">How far to trust the number; what follows says why.</param>
/// <param name="SilentGates">Gates that are not heard.</param>
/// <param name="Unsent">Events that gates said they still have.</param>
/// <param name="Unexplained">Passages since the last count that no stay accounts for.</param>
/// <param name="Correction">What the last count adds to the open stays; null if nobody ever counted.</param>
/// <param name="Shown">Open stays and correction, never below 0; null while that is not known.</param>
public sealed record OccupancyMessage(
    string Facility,
    long Sequence,
    int? Occupied,
    int Capacity,
    Instant AsOf,
    FacilityState State,
    OccupancyConfidence Confidence,
    int SilentGates,
    long Unsent,
    int Unexplained,
    int? Correction,
    int? Shown);

/// <summary>A gate as the hub says it.</summary>
/// <param name="Gate">The gate's id.</param>
/// <param name="Facility">Its facility's id.</param>
/// <param name="Direction">Which way its lane leads.</param>
/// <param name="Sequence">One more with each message about this gate, as in <see cref="OccupancyMessage.Sequence"/>.</param>
/// <param name="State">Whether it is heard.</param>
/// <param name="LastHeardAt">Its last sign of life as of this message; null if there was none. That it was heard once more is no
/// message.</param>
/// <param name="Unsent">Events that it said it has, and that have not come, as of this message. Only a change from or to 0 is a message;
/// the facility's sum is always told (<see cref="OccupancyMessage.Unsent"/>).</param>
/// <param name="Offline">It said that it lost the service, and has not said that it found it again.</param>
/// <param name="Fault">Its barrier does not do what it is told.</param>
/// <param name="LastIncident">The newest incident at it; null if there was none.</param>
/// <param name="Barrier">How its barrier was by its last heartbeat; null if it does not say. That it is up for one vehicle, or down again,
/// is no message by itself.</param>
public sealed record GateMessage(
    string Gate,
    string Facility,
    GateDirection Direction,
    long Sequence,
    GatePresence State,
    Instant? LastHeardAt,
    long Unsent,
    bool Offline,
    bool Fault,
    IncidentSummary? LastIncident,
    BarrierPosition? Barrier = null);

/// <summary>A decision on a scan as the hub says it. Nothing in it leads to a person, a vehicle or a code.</summary>
/// <param name="Facility">The facility's id.</param>
/// <param name="Gate">The gate's id.</param>
/// <param name="Direction">Which way its lane leads.</param>
/// <param name="Decision">What the barrier was told.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When the code was shown.</param>
/// <param name="Live">Whether the service decided it while the driver waited. If not, the gate had decided it alone and reported it
/// later.</param>
public sealed record DecisionMessage(
    string Facility, string Gate, GateDirection Direction, GateDecision Decision, ScanReason Reason, Instant At, bool Live);
