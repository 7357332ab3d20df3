using Parking.Tariffs.Documents;
using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Tests.Cases;

/// <summary>Holds one row of a case against the engine, and says everything in which they differ.</summary>
internal static class CaseCheck
{
    public static void Run(CaseFolder folder, CaseRow row)
    {
        var tariff = TariffReader.Read(folder.TariffDocument(), folder.Calendars);
        var stay = row.ToStay(tariff.TimeZone);
        var differences = new List<string>();
        var receipt = Compare(row, stay, tariff, differences);

        // What is written must be the same tariff, which for a reader of price boards means: the same price.
        var copy = TariffReader.Read(TariffWriter.Write(tariff), folder.Calendars);
        var copied = new List<string>();
        Compare(row, stay, copy, copied);
        if (!copied.SequenceEqual(differences))
        {
            differences.Add($"written and read again, the tariff gives another answer: {string.Join("; ", copied)}");
        }

        if (differences.Count > 0)
        {
            Assert.Fail($"{folder.Name} line {row.Line}\n  stay      {row.StayText}\n  {string.Join("\n  ", differences)}\n{receipt}");
        }
    }

    /// <summary>Notes the differences and returns the receipt, or why there is none.</summary>
    private static string Compare(CaseRow row, ParkedStay stay, Tariff tariff, List<string> differences)
    {
        if (tariff.InForceAt(stay.EnteredAt) is not { } version)
        {
            return Refused(row, "no version of the tariff is in force at the entry", differences);
        }

        Quote quote;
        try
        {
            quote = version.Quote(stay);
        }
        catch (ArgumentException exception)
        {
            if (Record.Exception(() => version.Price(stay)) is not ArgumentException)
            {
                differences.Add("Quote refuses the stay, Price does not");
            }
            return Refused(row, exception.Message, differences);
        }

        Differ(differences, "total", row.ExpectedTotal?.ToString() ?? "error", quote.Total.ToString());
        Differ(differences, "price alone", quote.Total.ToString(), version.Price(stay).ToString());
        Differ(differences, "sum of lines", quote.Total.ToString(), quote.Lines.Sum(line => line.Amount).ToString("0.######"));
        if (row.ExpectedDue is { } due)
        {
            Differ(differences, "due", due.ToString(), quote.Due.ToString());
        }
        if (row.Expected("rate") is { Length: > 0 } rate)
        {
            Differ(differences, "rate", rate, quote.Rate);
        }
        if (row.Expected("exceedsMaximumStay") is { Length: > 0 } exceeds)
        {
            Differ(differences, "longer than the maximum stay", exceeds, quote.ExceedsMaximumStay ? "yes" : "no");
        }
        if (row.ExpectedLines is { } lines
            && !(lines.Count == quote.Lines.Length && lines.Zip(quote.Lines).All(pair => pair.First.Fits(pair.Second))))
        {
            Differ(differences, "lines", row.Expected("lines"), ReceiptText.Lines(quote));
        }
        if (row.Expected("nextChange").Length > 0)
        {
            Differ(differences, "next change", Show(row.ExpectedNextChange(tariff.TimeZone)), Show(version.NextChange(stay)));
        }

        return ReceiptText.Of(quote, tariff.TimeZone);
    }

    private static string Show(NextChange? change) => change is null ? "never" : $"{change.LeaveBy} = {change.Total}";

    private static string Refused(CaseRow row, string reason, List<string> differences)
    {
        Differ(differences, "total", row.ExpectedTotal?.ToString() ?? "error", "error");
        return $"  refused: {reason}\n";
    }

    private static void Differ(List<string> differences, string what, string expected, string actual)
    {
        if (expected != actual)
        {
            differences.Add($"{what}: expected {expected}, actual {actual}");
        }
    }
}
