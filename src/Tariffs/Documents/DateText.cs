using NodaTime;
using NodaTime.Text;

namespace Parking.Tariffs.Documents;

/// <summary>Dates as in documents: <c>2026-05-01</c>, or <c>05-01</c> for every year.</summary>
internal static class DateText
{
    private static readonly LocalDatePattern Pattern = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM-dd");
    private static readonly AnnualDatePattern AnnualPattern = AnnualDatePattern.CreateWithInvariantCulture("MM-dd");

    /// <summary>Parses a date in the years 2000 to 2099; null if invalid.</summary>
    public static LocalDate? Parse(string text) =>
        Pattern.Parse(text) is { Success: true, Value: { Year: >= 2000 and < 2100 } date } ? date : null;

    /// <summary>Parses a day of every year, including 29 February; null if invalid.</summary>
    public static AnnualDate? ParseAnnual(string text) => AnnualPattern.Parse(text) is { Success: true, Value: var date } ? date : null;

    /// <summary>Writes a date.</summary>
    public static string Format(LocalDate date) => Pattern.Format(date);

    /// <summary>Writes a day of every year.</summary>
    public static string Format(AnnualDate date) => AnnualPattern.Format(date);
}
