namespace Parking.Tariffs.Rates;

/// <summary>How one rate is chosen among those whose conditions are met.</summary>
public enum RateChoice
{
    /// <summary>The first, in the table's order.</summary>
    First,

    /// <summary>The one with the lowest total after validations and rounding; the first if equal.</summary>
    Cheapest,
}
