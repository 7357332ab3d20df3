using Parking.Api.Facilities;
using Parking.Codes;

namespace Parking.Api.Stays;

/// <summary>A holder's code was shown at a gate, and this was decided.</summary>
internal sealed record ScanEvent : GateEvent
{
    public required GateDirection Direction { get; init; }

    /// <summary>Which code. Not the code itself, which is a secret and is kept nowhere.</summary>
    public required CodeId Code { get; init; }

    /// <summary>The vehicle the code named, if it named one.</summary>
    public required VehicleSlot Vehicle { get; init; }

    public required Decision Decision { get; init; }

    /// <summary>Of an entry that opened, what its price depends on; null for all else, where parking has no price, and in events from before there were prices.</summary>
    public EntryTerms? Terms { get; init; }
}
