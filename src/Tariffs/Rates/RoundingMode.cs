namespace Parking.Tariffs.Rates;

/// <summary>To which neighbouring multiple of the unit an exact price is rounded. Prices are never negative.</summary>
public enum RoundingMode
{
    /// <summary>The higher one.</summary>
    Up,

    /// <summary>The lower one.</summary>
    Down,

    /// <summary>The nearer one; the higher one if both are equally near.</summary>
    HalfUp,

    /// <summary>The nearer one; the even multiple if both are equally near.</summary>
    HalfEven,
}
