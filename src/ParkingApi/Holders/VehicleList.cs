using Parking.Contracts;

namespace Parking.Api.Holders;

/// <summary>The vehicles of the citizen who is calling.</summary>
internal sealed record VehicleList
{
    /// <summary>At most 8, each plate once.</summary>
    public required IReadOnlyList<VehicleItem> Vehicles { get; init; }
}

/// <summary>One vehicle.</summary>
internal sealed record VehicleItem
{
    /// <summary>The plate: 1 to 12 letters A–Z, digits and Chinese characters. Spaces and dots are dropped, letters made capitals.</summary>
    public required string Plate { get; init; }

    /// <summary>What kind it is.</summary>
    public required VehicleClass Class { get; init; }

    /// <summary>What it is, never whose.</summary>
    public override string ToString() => "vehicle";
}
