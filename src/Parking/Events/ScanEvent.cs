using NodaTime;
using Parking.Codes;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Events;

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
