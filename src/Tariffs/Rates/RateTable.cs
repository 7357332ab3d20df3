using System.Collections.Immutable;

namespace Parking.Tariffs.Rates;

/// <summary>The rates for one kind of driver (rule 20). APDS: <c>RateTable</c>.</summary>
public sealed record RateTable
{
    internal RateTable()
    {
    }

    /// <summary>The id, unique within the version.</summary>
    public required string Id { get; init; }

    /// <summary>The name on the price board; null if it has none.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>The vehicle classes; empty for all.</summary>
    public ImmutableArray<VehicleClass> VehicleClasses { get; init; } = [];

    /// <summary>The entitlements, of which the driver needs one; empty for all drivers.</summary>
    public ImmutableArray<string> Entitlements { get; init; } = [];

    /// <summary>How one rate is chosen among those whose conditions are met (rule 21).</summary>
    public RateChoice Choose { get; init; }

    /// <summary>At least one rate; only the last has no conditions.</summary>
    public required ImmutableArray<Rate> Rates { get; init; }
}

/// <summary>How one rate is chosen among those whose conditions are met.</summary>
public enum RateChoice
{
    /// <summary>The first, in the table's order.</summary>
    First,

    /// <summary>The one with the lowest total after validations and rounding; the first if equal.</summary>
    Cheapest,
}
