using Parking.Simulation.Cities;

namespace Parking.Simulation.Traces.Generating;

/// <summary>A kind of facility.</summary>
public sealed record FacilityKind
{
    public required string Id { get; init; }

    /// <summary>The facility's number is put behind it.</summary>
    public required BilingualName Name { get; init; }

    /// <summary>How many of the city's facilities are of this kind, in proportion to the other kinds.</summary>
    public required double Share { get; init; }

    /// <summary>What parking costs: the name of a built-in tariff, or a file below the profile's folder, ending in <c>.json</c>; null: nothing is charged.</summary>
    public string? Tariff { get; init; }

    /// <summary>Lanes that lead in.</summary>
    public int Entries { get; init; } = 1;

    /// <summary>Lanes that lead out.</summary>
    public int Exits { get; init; } = 1;

    /// <summary>Places; null: so many that it never fills.</summary>
    public int? Capacity { get; init; }

    /// <summary>Whether an entry is refused when every place is taken.</summary>
    public bool EnforcesCapacity { get; init; } = true;

    /// <summary>Arrivals at an average facility, for every day of the week.</summary>
    public required IReadOnlyList<ArrivalDay> Arrivals { get; init; }

    /// <summary>Lengths of stay in minutes, ascending: quantiles at even distances, from the shortest to the longest stay.</summary>
    public required IReadOnlyList<double> StayMinutes { get; init; }
}
