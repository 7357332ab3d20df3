using System.Globalization;
using System.Text.RegularExpressions;
using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Tests.Cases;

/// <summary>A line that a receipt must have: <c>Increments 2x1000</c>, <c>Increments 2x1000 at 110%</c>, <c>DailyCap -500</c>.</summary>
internal sealed partial record ExpectedLine(QuoteLineKind Kind, decimal? Amount, decimal? Quantity, long? UnitPrice, int? Percent)
{
    /// <summary>Reads lines with semicolons between them.</summary>
    /// <exception cref="CaseException">One of them is not written like a line.</exception>
    public static IReadOnlyList<ExpectedLine> ParseAll(string text) =>
        [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    /// <summary>Whether the receipt's line is this one.</summary>
    public bool Fits(QuoteLine line) =>
        line.Kind == Kind
        && (Amount is { } amount
            ? line.Amount == amount
            : line.Quantity == Quantity && line.UnitPrice == UnitPrice && line.Percent == Percent);

    private static ExpectedLine Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || !Enum.TryParse<QuoteLineKind>(match.Groups["kind"].Value, out var kind))
        {
            throw new CaseException(
                $"'{text}' is no line of a receipt. Write its kind and then 2x1000 (quantity and price of one), 2x1000 at 110%, or an "
                    + "amount: -500. "
                + $"The kinds are {string.Join(", ", Enum.GetNames<QuoteLineKind>())}.");
        }

        return match.Groups["amount"].Success
            ? new(kind, Number(match, "amount"), null, null, null)
            : new(
                kind,
                null,
                Number(match, "quantity"),
                (long)Number(match, "price"),
                match.Groups["percent"].Success ? (int)Number(match, "percent") : null);
    }

    private static decimal Number(Match match, string group) => decimal.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<kind>[A-Za-z0-9]+) (?:(?<quantity>\d{1,9}(\.\d{1,6})?)x(?<price>\d{1,9})(?: at (?<percent>\d{1,4})%)?|(?<amount>-?\d{1,12}"
            + @"(\.\d{1,6})?))$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
