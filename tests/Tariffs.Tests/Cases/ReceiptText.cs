using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Tests.Cases;

/// <summary>A quote as text, with everything that explains its total, for the message of a failing case.</summary>
internal static class ReceiptText
{
    private static readonly ZonedDateTimePattern Shown =
        ZonedDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd ddd HH':'mm':'sso<+HH:mm>", null);

    public static string Of(Quote quote, DateTimeZone zone)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"  {quote.Tariff} version {quote.Version}, table {quote.RateTable}, rate {quote.Rate}: "
            + $"total {quote.Total} {quote.Currency}, paid {quote.Paid}, due {quote.Due}");
        var exceeds = quote.ExceedsMaximumStay ? ", longer than the maximum stay" : "";
        text.AppendLine(CultureInfo.InvariantCulture, $"  entry {At(quote.EnteredAt)}, exit {At(quote.ExitedAt)}{exceeds}");
        foreach (var line in quote.Lines)
        {
            var times = line.From is { } from ? $"  {At(from)}{(line.To is { } to ? $" to {At(to)}" : "")}" : "";
            var about = $"{times}  {line.Band}{line.Validation}  {line.Text.En}";
            text.AppendLine(
                CultureInfo.InvariantCulture, $"    {Line(line)}{(line.Quantity is null ? "" : $" = {Number(line.Amount)}")}{about}");
        }

        foreach (var considered in quote.Considered)
        {
            var total = considered.Total?.ToString(CultureInfo.InvariantCulture) ?? "not priced";
            text.AppendLine(
                CultureInfo.InvariantCulture, $"  considered {considered.Rate}: {considered.Unmet?.ToString() ?? "holds"}, total {total}");
        }

        return text.ToString();

        string At(Instant instant) => Shown.Format(instant.InZone(zone));
    }

    /// <summary>The lines as expected.csv would write them.</summary>
    public static string Lines(Quote quote) => string.Join("; ", quote.Lines.Select(Line));

    private static string Line(QuoteLine line) => line.Quantity is { } quantity
        ? $"{line.Kind} {Number(quantity)}x{line.UnitPrice}{(line.Percent is { } percent ? $" at {percent}%" : "")}"
        : $"{line.Kind} {Number(line.Amount)}";

    private static string Number(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
