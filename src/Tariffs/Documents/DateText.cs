using NodaTime;
using NodaTime.Text;

namespace Parking.Tariffs.Documents;

/// <summary>Dates as documents write them: <c>2026-05-01</c>, or <c>05-01</c> for every year.</summary>
internal static class DateText
{
    private static readonly LocalDatePattern Pattern = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM-dd");
    private static readonly AnnualDatePattern AnnualPattern = AnnualDatePattern.CreateWithInvariantCulture("MM-dd");

    /// <summary>Reads a date of the years 2000 to 2099; null if it is none.</summary>
    public static LocalDate? Parse(string text) =>
        Pattern.Parse(text) is { Success: true, Value: { Year: >= 2000 and < 2100 } date } ? date : null;

    /// <summary>Reads a day of every year, 29 February among them; null if it is none.</summary>
    public static AnnualDate? ParseAnnual(string text) => AnnualPattern.Parse(text) is { Success: true, Value: var date } ? date : null;

    /// <summary>Writes a date.</summary>
    public static string Format(LocalDate date) => Pattern.Format(date);

    /// <summary>Writes a day of every year.</summary>
    public static string Format(AnnualDate date) => AnnualPattern.Format(date);
}
