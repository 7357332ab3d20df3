using Parking.GateProtocol;

namespace Parking.Api.Facilities;

/// <summary>Closes a facility to entries, or opens it again.</summary>
internal sealed record FacilityStateRequest
{
    /// <summary>Whether it is to be closed.</summary>
    public required bool Closed { get; init; }
}

/// <summary>Whether a facility takes vehicles in.</summary>
internal sealed record FacilityStateAnswer
{
    /// <summary>Whether an operator has closed it.</summary>
    public required bool Closed { get; init; }

    /// <summary>What drivers find: one that is not closed may be full.</summary>
    public required FacilityState State { get; init; }
}
