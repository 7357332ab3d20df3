using System.Collections.Immutable;
using NodaTime;

namespace Parking.Events;

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
