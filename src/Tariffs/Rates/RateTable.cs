using System.Collections.Immutable;

namespace Parking.Tariffs.Rates;

/// <summary>The rates of one kind of driver (rule 20). APDS: <c>RateTable</c>.</summary>
public sealed record RateTable
{
    internal RateTable()
    {
    }

    /// <summary>Distinguishes it within the version.</summary>
    public required string Id { get; init; }

    /// <summary>For the price board; null if it has none.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>Only for these; empty: for all.</summary>
    public ImmutableArray<VehicleClass> VehicleClasses { get; init; } = [];

    /// <summary>Only for who has one of these; empty: for all.</summary>
    public ImmutableArray<string> Entitlements { get; init; } = [];

    /// <summary>How one rate is chosen among those whose conditions hold (rule 21).</summary>
    public RateChoice Choose { get; init; }

    /// <summary>At least one; only the last has no conditions.</summary>
    public required ImmutableArray<Rate> Rates { get; init; }
}
