namespace Parking.Tariffs.Rates;

/// <summary>Which neighbouring multiple of the unit an exact price becomes. Prices are never negative.</summary>
public enum RoundingMode
{
    /// <summary>The higher one.</summary>
    Up,

    /// <summary>The lower one.</summary>
    Down,

    /// <summary>The nearer one; from the middle, the higher.</summary>
    HalfUp,

    /// <summary>The nearer one; from the middle, the even multiple.</summary>
    HalfEven,
}
