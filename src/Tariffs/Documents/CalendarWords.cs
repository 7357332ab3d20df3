namespace Parking.Tariffs.Documents;

/// <summary>Where a document first names a day that only a holiday calendar can tell: <c>workday</c>, <c>restDay</c>, <c>publicHoliday</c>, <c>holidayEve</c>.</summary>
internal sealed class CalendarWords
{
    /// <summary>The path of the first; null if there is none.</summary>
    public string? First { get; private set; }

    public void Note(string path) => First ??= path;
}
