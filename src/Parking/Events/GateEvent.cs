using System.Collections.Immutable;
using NodaTime;
using Parking.Codes;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Events;

/// <summary>A fact that a gate reported. Never edited: what follows from it is derived, and may change as more facts arrive.</summary>
public abstract record GateEvent
{
    public required GateEventId Id { get; init; }

    /// <summary>The facility the gate belonged to when it reported.</summary>
    public required FacilityId Facility { get; init; }

    /// <summary>What the gate's clock said.</summary>
    public required Instant DeviceTime { get; init; }

    /// <summary>What to add to <see cref="DeviceTime"/> to get true time, as it was known when the event was recorded, and frozen there.</summary>
    public required Duration ClockOffset { get; init; }

    /// <summary>When the service took it in. It decides nothing; it says what was known when.</summary>
    public abstract Instant RecordedAt { get; }

    /// <summary>Distinguishes this content from any other that may be sent under the same identity.</summary>
    public abstract Fingerprint Content { get; }

    /// <summary>When it happened; what events are ordered by.</summary>
    public Instant OccurredAt => DeviceTime + ClockOffset;
}

/// <summary>A holder's code was shown at a gate, and this was decided: by the service, or by the gate alone.</summary>
public sealed record ScanEvent : GateEvent
{
    public required GateDirection Direction { get; init; }

    /// <summary>Which code. Not the code itself, which is a secret and is kept nowhere.</summary>
    public required CodeId Code { get; init; }

    /// <summary>The vehicle the code named, if it named one.</summary>
    public required VehicleSlot Vehicle { get; init; }

    /// <summary>What was decided, and when the service decided or, of a gate's own decision, recorded it.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Of an entry, what its price depends on; null for all else, where parking has no price, and in events from before there were prices.</summary>
    public EntryTerms? Terms { get; init; }

    /// <summary>The fingerprint of what the gate sent.</summary>
    public required Fingerprint Sent { get; init; }

    public override Instant RecordedAt => Decision.At;

    public override Fingerprint Content => Sent;

    /// <summary>Whether the gate opened by its own decision, which the service only recorded.</summary>
    public bool IsOffline => Decision.Reason == ScanReason.OpenedOffline;
}

/// <summary>What the barrier did after a scan of this timeline. It has no place of its own among the passages: it says whether its scan's is one.</summary>
public sealed record ActEvent : GateEvent
{
    public required BarrierAct Act { get; init; }

    /// <summary>The scan it follows, of the same gate and journal.</summary>
    public required GateEventId Scan { get; init; }

    /// <summary>Why a person opened the barrier; null for all other acts.</summary>
    public string? Reason { get; init; }

    public required Instant TakenInAt { get; init; }

    public override Instant RecordedAt => TakenInAt;

    /// <remarks>Computed from what is stored anyway.</remarks>
    public override Fingerprint Content => Fingerprint.OfAct(DeviceTime, (long)ClockOffset.TotalMilliseconds, Act, Scan.Seq, Reason);
}

/// <summary>Somebody went round at a facility and did not find the vehicles of these stays.</summary>
public sealed record InventoryEvent : GateEvent
{
    /// <summary>The stays of this timeline that it closes: the <see cref="GateEventId.Digest"/> of their first events, ascending.</summary>
    public required ImmutableArray<ulong> Closes { get; init; }

    public required Instant TakenInAt { get; init; }

    /// <summary>The fingerprint of what was sent: of the whole list, of which this timeline has its own part.</summary>
    public required Fingerprint Sent { get; init; }

    public override Instant RecordedAt => TakenInAt;

    public override Fingerprint Content => Sent;

    public bool Equals(InventoryEvent? other) => base.Equals(other) && TakenInAt == other!.TakenInAt && Sent == other.Sent && Closes.SequenceEqual(other.Closes);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), TakenInAt, Sent, Closes.Length);
}

/// <summary>What was answered to a scan, and when. Immutable once made.</summary>
public readonly record struct Decision(ScanReason Reason, Instant At)
{
    public bool Opens => Reason.Opens();
}

/// <summary>What a stay's price depends on and only the moment of entry knows. Recorded with the entry, and never changed.</summary>
/// <param name="TariffVersion">The number of the version in force.</param>
/// <param name="VehicleClass">The vehicle's class; a car where the code named no vehicle.</param>
/// <param name="OccupancyPercent">How full the facility was, in percent of its capacity, rounded down, without this vehicle. Over 100 where capacity is not enforced.</param>
/// <param name="Entitlements">What the holder was entitled to.</param>
public sealed record EntryTerms(int TariffVersion, VehicleClass VehicleClass, int OccupancyPercent, Entitlements Entitlements);
