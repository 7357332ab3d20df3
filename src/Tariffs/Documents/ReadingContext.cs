namespace Parking.Tariffs.Documents;

/// <summary>What the readers of parts of one document share.</summary>
internal sealed class ReadingContext
{
    /// <summary>The rounding unit of the version that is being read; null if invalid.</summary>
    public int? RoundingUnit { get; set; }

    /// <summary>The first place where the document uses a day name that needs a holiday calendar; null if none.</summary>
    public string? FirstCalendarWord { get; set; }

    /// <summary>The work of the coverage checks of this document so far; see <see cref="CoverageCheck.MaxWork"/>.</summary>
    public long CoverageWork { get; set; }
}
