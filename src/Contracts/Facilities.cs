using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>All districts of the city.</summary>
public sealed record DistrictListAnswer
{
    /// <summary>In the order of the city's own list.</summary>
    public required IReadOnlyList<DistrictAnswer> Districts { get; init; }
}

/// <summary>A part of the city that facilities are grouped by.</summary>
public sealed record DistrictAnswer
{
    /// <summary>Its id in the city file.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required BilingualText Name { get; init; }

    /// <summary>
    /// The corners of its area on the city's schematic map, 3 to 64 points <c>[x, y]</c>: whole numbers from 0 to 1000, x to the right and
    /// y down. Left out if the city has no map.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>>? Outline { get; init; }

    /// <summary>How many facilities it has.</summary>
    public required int Facilities { get; init; }

    /// <summary>The time zone of its facilities, an IANA name; left out if it has none, or if they are in several.</summary>
    public string? TimeZone { get; init; }
}

/// <summary>Facilities of the city: all, or those that were asked for.</summary>
public sealed record FacilityListAnswer
{
    /// <summary>In the order of the city's own list.</summary>
    public required IReadOnlyList<FacilityAnswer> Facilities { get; init; }
}

/// <summary>A facility as drivers see it.</summary>
public sealed record FacilityAnswer
{
    /// <summary>Its id in the city file.</summary>
    public required string Id { get; init; }

    /// <summary>The id of its district.</summary>
    public required string District { get; init; }

    /// <summary>What people call it.</summary>
    public required BilingualText Name { get; init; }

    /// <summary>The number of spaces.</summary>
    public required int Capacity { get; init; }

    /// <summary>Its time zone's name in the IANA database.</summary>
    public required string TimeZone { get; init; }

    /// <summary>
    /// Its place <c>[x, y]</c> on the map on which <see cref="DistrictAnswer.Outline"/> is drawn; left out if the city has no map.
    /// </summary>
    public IReadOnlyList<int>? Position { get; init; }

    /// <summary>Whether it takes vehicles in; left out while that is not known.</summary>
    public FacilityState? State { get; init; }

    /// <summary>How full it is; left out while that is not known, because the store is out of reach.</summary>
    public FacilityOccupancy? Occupancy { get; init; }
}

/// <summary>How full a facility is.</summary>
public sealed record FacilityOccupancy
{
    /// <summary>Vehicles parked. More than the capacity where a facility cannot refuse anybody.</summary>
    public required int Occupied { get; init; }

    /// <summary>Spaces left, never below 0.</summary>
    public required int Free { get; init; }

    /// <summary>When this was counted.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>How far to trust the number; what follows says why.</summary>
    public required OccupancyConfidence Confidence { get; init; }

    /// <summary>Gates that are not heard. Those that never were count only if another one of the facility was.</summary>
    public required int SilentGates { get; init; }

    /// <summary>Events that gates said they still have.</summary>
    public required long Unsent { get; init; }

    /// <summary>
    /// Passages that no stay accounts for (a second vehicle on one opening, a barrier opened by hand) since the last count. 500 stands
    /// for that and more.
    /// </summary>
    public required int Unexplained { get; init; }

    /// <summary>
    /// How many vehicles more (or fewer, below 0) the last count found than stays were open when it was reported; left out if nobody ever
    /// counted.
    /// </summary>
    public int? Correction { get; init; }

    /// <summary>What to show: vehicles parked and correction, never below 0.</summary>
    public required int Shown { get; init; }
}

/// <summary>How full a facility was in its day so far.</summary>
public sealed record OccupancyDayAnswer
{
    /// <summary>The facility's id.</summary>
    public required string Facility { get; init; }

    /// <summary>Its time zone's name in the IANA database.</summary>
    public required string TimeZone { get; init; }

    /// <summary>When its day began: local midnight, or the first moment after it where the clock skips midnight.</summary>
    public required Instant From { get; init; }

    /// <summary>How many seconds lie between two numbers.</summary>
    public required int StepSeconds { get; init; }

    /// <summary>
    /// For each step since <see cref="From"/>, the first number of vehicles that was shown in it (<see cref="FacilityOccupancy.Shown"/>);
    /// null where nothing is known. The last is that of the current step.
    /// </summary>
    public required IReadOnlyList<int?> Occupied { get; init; }
}

/// <summary>Closes a facility to entries, or opens it again.</summary>
public sealed record FacilityStateRequest
{
    /// <summary>Whether it is to be closed.</summary>
    public required bool Closed { get; init; }
}

/// <summary>Whether a facility takes vehicles in.</summary>
public sealed record FacilityStateAnswer
{
    /// <summary>Whether an operator has closed it.</summary>
    public required bool Closed { get; init; }

    /// <summary>What drivers find: one that is not closed may be full.</summary>
    public required FacilityState State { get; init; }
}

/// <summary>How far a facility's occupancy can be trusted.</summary>
public enum OccupancyConfidence
{
    /// <summary>Every gate is heard, has sent everything, and nobody passed whom no stay accounts for.</summary>
    Exact = 1,

    /// <summary>The number is right by the books, but something is known to be missing in them.</summary>
    Reduced = 2,

    /// <summary>The store, or the facility's log in it, cannot be read.</summary>
    Unknown = 3,
}
