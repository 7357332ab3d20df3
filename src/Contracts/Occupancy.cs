using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>What clients say to the hub at <c>/hubs/occupancy</c>.</summary>
public interface IOccupancyHub
{
    /// <summary>
    /// Subscribes to <c>city</c>, <c>district:id</c>, <c>facility:id</c>, or <c>districts</c> for their sums only. The snapshot comes
    /// first; doing it again brings a fresh one.
    /// </summary>
    Task Subscribe(string scope);

    /// <summary>Ends a subscription. One that was never made is passed over.</summary>
    Task Unsubscribe(string scope);
}

/// <summary>What the hub says to its clients.</summary>
public interface IOccupancyClient
{
    /// <summary>Once after each subscription, before any change in its scope: everything in the scope.</summary>
    Task Snapshot(OccupancyUpdate everything);

    /// <summary>
    /// What changed in a scope, at most ten times a second: the newest state of each facility, gate or district, not each step.
    /// </summary>
    Task Changed(OccupancyUpdate changes);

    /// <summary>Once a second, whatever happens: how old the figures are. If it stays out or grows, so do the figures.</summary>
    Task Tick(OccupancyTick tick);

    /// <summary>
    /// What gates of the scope decided since the last such message, at most ten messages a second. Each has the newest decisions, at most
    /// 64, in the order in which the service handled them; older ones are left out. Decisions are not repeated later: what was decided
    /// before subscribing, or through another instance, is not heard. The scope <c>districts</c> hears none.
    /// </summary>
    Task Decided(IReadOnlyList<DecisionMessage> decisions);
}

/// <summary>How old the figures of all scopes are.</summary>
/// <param name="Age">Milliseconds since the state of all facilities was last read; about a second at most while all is well.</param>
public sealed record OccupancyTick(long Age);

/// <summary>States of what is in a scope: of everything, or of what changed.</summary>
/// <param name="Scope">The subscription that this belongs to.</param>
/// <param name="Epoch">
/// The life of the store in which the sequences count. If it is another one than before, subscribe again: the snapshot replaces everything.
/// </param>
/// <param name="Facilities">Facilities in the scope.</param>
/// <param name="Gates">Gates of facilities in the scope.</param>
/// <param name="Districts">The sums of districts; only in the scope <c>districts</c>.</param>
/// <param name="Commands">
/// Commands to gates in the scope, oldest first. In a snapshot those that are not over, and those that ended in the last minute.
/// </param>
/// <param name="Alarms">
/// In a snapshot all alarms of the scope that are not normal; in changes those that changed, also those that became normal. The city's
/// alarms are heard in the scopes <c>city</c> and <c>districts</c>, those of facilities in the scopes that have the facility.
/// </param>
public sealed record OccupancyUpdate(
    string Scope,
    string Epoch,
    IReadOnlyList<OccupancyMessage> Facilities,
    IReadOnlyList<GateMessage> Gates,
    IReadOnlyList<DistrictMessage> Districts,
    IReadOnlyList<CommandMessage> Commands,
    IReadOnlyList<AlarmMessage> Alarms);

/// <summary>A facility's occupancy as the hub says it: its full state. Nothing in it leads to a person.</summary>
/// <param name="Facility">The facility's id.</param>
/// <param name="Sequence">
/// Counts the changes of this facility in the store, in one <see cref="OccupancyUpdate.Epoch"/>: whichever instance says it, a state with a
/// lower number is older. With an equal number, the one that was heard last is newer. Null while nothing is known.
/// </param>
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
    long? Sequence,
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
    GatePresence State,
    Instant? LastHeardAt,
    long Unsent,
    bool Offline,
    bool Fault,
    IncidentSummary? LastIncident,
    BarrierPosition? Barrier = null);

/// <summary>How far a command to a gate is, as the hub says it. Its reason, and the stay that ends with it, are not in it.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="Facility">The facility's id.</param>
/// <param name="Gate">The gate's id.</param>
/// <param name="Command">What the barrier is to do.</param>
/// <param name="State">How far it is.</param>
/// <param name="QueuedAt">When the service took it.</param>
/// <param name="ExpiresAt">When it is over: the barrier does not move later for it.</param>
/// <param name="Obstacle">Why the gate did not obey; null unless <paramref name="State"/> is <c>not_obeyed</c>.</param>
public sealed record CommandMessage(
    string Id,
    string Facility,
    string Gate,
    BarrierCommand Command,
    GateCommandState State,
    Instant QueuedAt,
    Instant ExpiresAt,
    CommandObstacle? Obstacle = null);

/// <summary>The sums of a district's facilities.</summary>
/// <param name="District">The district's id.</param>
/// <param name="Facilities">How many facilities it has.</param>
/// <param name="Capacity">Their spaces.</param>
/// <param name="Occupied">Open stays, without those of facilities that are not known.</param>
/// <param name="Shown">What to show: the facilities' <see cref="OccupancyMessage.Shown"/>, without those that are not known.</param>
/// <param name="Unknown">Facilities whose occupancy is not known.</param>
/// <param name="Reduced">Facilities whose number is not exact.</param>
/// <param name="Full">Facilities that are full.</param>
/// <param name="Closed">Facilities that are closed.</param>
/// <param name="SilentGates">Gates that are not heard.</param>
/// <param name="Unsent">Events that gates said they still have.</param>
/// <param name="UrgentAlarms">Urgent alarms of its facilities that are neither normal nor shelved.</param>
/// <param name="ImportantAlarms">The same of important ones.</param>
/// <param name="MinorAlarms">The same of minor ones.</param>
public sealed record DistrictMessage(
    string District,
    int Facilities,
    int Capacity,
    int Occupied,
    int Shown,
    int Unknown,
    int Reduced,
    int Full,
    int Closed,
    int SilentGates,
    long Unsent,
    int UrgentAlarms,
    int ImportantAlarms,
    int MinorAlarms);

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
