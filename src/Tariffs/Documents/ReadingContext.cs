namespace Parking.Tariffs.Documents;

/// <summary>What the readers of the parts of one document must know of the rest of it.</summary>
internal sealed class ReadingContext
{
    /// <summary>The rounding unit of the version that is being read; null if it could not be read.</summary>
    public int? RoundingUnit { get; set; }

    /// <summary>Where the document first names a day that only a holiday calendar can tell; null if it does not.</summary>
    public string? FirstCalendarWord { get; set; }

    /// <summary>What the coverage checks of this document have cost so far; see <see cref="CoverageCheck.MaxWork"/>.</summary>
    public long CoverageWork { get; set; }
}
