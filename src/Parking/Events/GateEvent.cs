using System.Collections.Immutable;
using NodaTime;
using Parking.Codes;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Events;

/// <summary>A fact that a gate reported. Never edited. Stays are derived from it, and may change as more facts arrive.</summary>
public abstract record GateEvent
{
    public required GateEventId Id { get; init; }

    /// <summary>The facility the gate belonged to when it reported.</summary>
    public required FacilityId Facility { get; init; }

    /// <summary>What the gate's clock said.</summary>
    public required Instant DeviceTime { get; init; }

    /// <summary>
    /// What to add to <see cref="DeviceTime"/> to get true time, as it was known when the event was recorded. It never changes.
    /// </summary>
    public required Duration ClockOffset { get; init; }

    /// <summary>When the service recorded it. No decision depends on it; it shows what was known when.</summary>
    public abstract Instant RecordedAt { get; }

    /// <summary>Distinguishes this content from any other that may be sent under the same identity.</summary>
    public abstract Fingerprint Content { get; }

    /// <summary>When it happened, by the corrected clock of the gate. Events are ordered by it.</summary>
    public Instant OccurredAt => DeviceTime + ClockOffset;
}

/// <summary>A holder's code was shown at a gate, and the service, or the gate alone, decided this.</summary>
public sealed record ScanEvent : GateEvent
{
    public required GateDirection Direction { get; init; }

    /// <summary>The identity of the code. The code itself is a secret and is stored nowhere.</summary>
    public required CodeId Code { get; init; }

    /// <summary>The vehicle that the code named; <see cref="VehicleSlot.None"/> if it named none.</summary>
    public required VehicleSlot Vehicle { get; init; }

    /// <summary>What was decided, and when. For a gate's own decision: when the service recorded it.</summary>
    public required Decision Decision { get; init; }

    /// <summary>
    /// For an entry that opened, what its price depends on. Null for all else, where parking has no price, and in events from before there
    /// were prices.
    /// </summary>
    public EntryTerms? Terms { get; init; }

    /// <summary>
    /// The latest time at which it can have happened, if its time is not proven: the gate's time cannot be true, and nothing else tells
    /// it. <see cref="GateEvent.OccurredAt"/> is then the earliest. Null if <see cref="GateEvent.OccurredAt"/> is proven.
    /// </summary>
    public Instant? LatestAt { get; init; }

    /// <summary>
    /// For an exit without a stay: whether its vehicle's plate was parked here under another holder when this was recorded. Plates are
    /// claims that nobody verifies, so it changes nothing of that other stay.
    /// </summary>
    public bool IsPlateParkedByAnother { get; init; }

    /// <summary>
    /// For a scan whose code had expired when the service received it: whether the code had been alive when the request began to travel,
    /// not longer ago than requests travel. The gate had decided alone meanwhile.
    /// </summary>
    public bool WasCodeAlive { get; init; }

    /// <summary>
    /// For an exit that the service let out: the fee that its gate was told to display. Null if it was told none, for all else, and in
    /// events from before this was recorded.
    /// </summary>
    public DisplayedFee? Displayed { get; init; }

    /// <summary>The fingerprint of what the gate sent.</summary>
    public required Fingerprint Sent { get; init; }

    public override Instant RecordedAt => Decision.At;

    public override Fingerprint Content => Sent;

    /// <summary>Whether the gate opened by its own decision, which the service only recorded.</summary>
    public bool IsOffline => Decision.Reason is ScanReason.OpenedOffline or ScanReason.OpenedOfflineLate;
}

/// <summary>
/// What the barrier did after a scan of this timeline. It is not itself ordered among the passages: it says whether its scan is a passage.
/// </summary>
public sealed record ActEvent : GateEvent
{
    public required BarrierAct Act { get; init; }

    /// <summary>The scan that it follows, of the same gate and journal.</summary>
    public required GateEventId Scan { get; init; }

    /// <summary>Why a person opened the barrier; null for all other acts.</summary>
    public string? Reason { get; init; }

    public required Instant TakenInAt { get; init; }

    public override Instant RecordedAt => TakenInAt;

    /// <remarks>Computed from members that are stored anyway.</remarks>
    public override Fingerprint Content => Fingerprint.OfAct(DeviceTime, (long)ClockOffset.TotalMilliseconds, Act, Scan.Seq, Reason);
}

/// <summary>Somebody walked through a facility and did not find the vehicles of these stays.</summary>
public sealed record InventoryEvent : GateEvent
{
    /// <summary>Stands for the gate where an operator closed a stay. No gate of a city file can have this id.</summary>
    public static readonly GateId OperatorsGate = new("(operator)");

    /// <summary>Whether an operator reported this, and no gate.</summary>
    public bool IsByOperator => Id.Gate == OperatorsGate;

    /// <summary>
    /// The stays of this timeline that it closes, named by the <see cref="GateEventId.Digest"/> of their first events, ascending.
    /// </summary>
    public required ImmutableArray<ulong> Closes { get; init; }

    public required Instant TakenInAt { get; init; }

    /// <summary>The fingerprint of what was sent. It covers the whole list, of which this timeline has only its own part.</summary>
    public required Fingerprint Sent { get; init; }

    public override Instant RecordedAt => TakenInAt;

    public override Fingerprint Content => Sent;

    public bool Equals(InventoryEvent? other) =>
        base.Equals(other) && TakenInAt == other!.TakenInAt && Sent == other.Sent && Closes.SequenceEqual(other.Closes);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), TakenInAt, Sent, Closes.Length);
}

/// <summary>The answer to a scan, and when it was decided. Immutable.</summary>
public readonly record struct Decision(ScanReason Reason, Instant At)
{
    public bool Opens => Reason.Opens();
}

/// <summary>A fee that was displayed at an exit.</summary>
/// <param name="Total">In the smallest unit of the currency.</param>
/// <param name="Currency">ISO 4217.</param>
public readonly record struct DisplayedFee(long Total, string Currency);

/// <summary>What a stay's price depends on and only the moment of entry knows. Recorded with the entry, and never changed.</summary>
/// <param name="TariffVersion">The number of the tariff version in force.</param>
/// <param name="VehicleClass">The vehicle's class; a car where the code named no vehicle.</param>
/// <param name="OccupancyPercent">
/// How full the facility was without this vehicle, in percent of its capacity, rounded down. May exceed 100 where capacity is not enforced.
/// </param>
/// <param name="Entitlements">What the holder was entitled to.</param>
public sealed record EntryTerms(int TariffVersion, VehicleClass VehicleClass, int OccupancyPercent, Entitlements Entitlements);
