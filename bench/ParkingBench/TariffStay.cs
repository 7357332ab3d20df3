namespace Parking.Bench;

/// <summary>How long the stay is that a quote is made for.</summary>
public enum TariffStay
{
    /// <summary>What nearly every stay is like.</summary>
    OneHour,

    /// <summary>The budget's stay.</summary>
    ThreeDays,

    /// <summary>A forgotten car.</summary>
    OneYear,
}
