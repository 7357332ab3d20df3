namespace Parking.Bench;

/// <summary>Which of <see cref="TariffSamples"/> a quote is made by.</summary>
public enum TariffKind
{
    /// <summary>A flat rate on each calendar day.</summary>
    Daily,

    /// <summary>A ladder at any hour, capped by calendar day.</summary>
    Ladder,

    /// <summary>Day and night, each with its ladder, and caps by band, by calendar day and by 24 hours: the budget's tariff.</summary>
    DayNightCaps,

    /// <summary>Exact to the second on workdays, free otherwise, by the holiday calendar.</summary>
    ProRata,

    /// <summary>The cheapest of early bird, weekend and day and night.</summary>
    Cheapest,
}
