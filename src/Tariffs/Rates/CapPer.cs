namespace Parking.Tariffs.Rates;

/// <summary>The windows of a cap, in the order in which caps apply.</summary>
public enum CapPer
{
    /// <summary>Each date, by the tariff's clock.</summary>
    CalendarDay,

    /// <summary>Each 24 elapsed hours from the entry.</summary>
    Rolling24Hours,

    /// <summary>Each 168 elapsed hours from the entry.</summary>
    Rolling7Days,

    /// <summary>The whole stay.</summary>
    Stay,
}
