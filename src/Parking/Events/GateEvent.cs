using NodaTime;
using Parking.Facilities;

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
