namespace Parking.Tariffs.Rates;

/// <summary>How often a flat rate is owed.</summary>
public enum FlatPer
{
    /// <summary>Once a stay.</summary>
    Stay,

    /// <summary>Once in each occurrence of the band: each night, each evening.</summary>
    Band,

    /// <summary>Once on each calendar date with a second in the band.</summary>
    CalendarDay,
}
