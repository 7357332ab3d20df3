using NodaTime;

namespace Parking.Simulation.Operators;

/// <summary>One facility's occupancy as the hub sends it.</summary>
public sealed record FacilityOccupancy
{
    public required string Facility { get; init; }

    /// <summary>One more with every message about this facility: a jump says that one was missed.</summary>
    public required long Sequence { get; init; }

    /// <summary>Places taken; null while the service cannot know.</summary>
    public int? Occupied { get; init; }

    public required int Capacity { get; init; }

    public Instant? AsOf { get; init; }
}
