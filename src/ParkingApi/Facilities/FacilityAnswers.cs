using NodaTime;
using Parking.Tariffs;

namespace Parking.Api.Facilities;

/// <summary>All facilities of the city.</summary>
internal sealed record FacilityList
{
    /// <summary>In the order of the city's own list.</summary>
    public required IReadOnlyList<FacilityAnswer> Facilities { get; init; }
}

/// <summary>A facility as drivers see it.</summary>
internal sealed record FacilityAnswer
{
    public required string Id { get; init; }

    /// <summary>The id of its district.</summary>
    public required string District { get; init; }

    public required LocalizedText Name { get; init; }

    /// <summary>The number of places.</summary>
    public required int Capacity { get; init; }

    /// <summary>How full it is; left out while that is not known, because the store is out of reach.</summary>
    public OccupancyAnswer? Occupancy { get; init; }
}

/// <summary>How full a facility is.</summary>
internal sealed record OccupancyAnswer
{
    /// <summary>Vehicles parked. More than the capacity where a facility cannot refuse anybody.</summary>
    public required int Occupied { get; init; }

    /// <summary>Places left, never below 0.</summary>
    public required int Free { get; init; }

    /// <summary>When this was counted.</summary>
    public required Instant AsOf { get; init; }
}
