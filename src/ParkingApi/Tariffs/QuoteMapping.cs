using System.Xml;
using Parking.Api.Facilities;
using Parking.Tariffs;
using Parking.Tariffs.Quotes;

namespace Parking.Api.Tariffs;

/// <summary>Maps quotes and price boards to contracts.</summary>
internal static class QuoteMapping
{
    /// <summary>A quote with its lines.</summary>
    public static Contracts.QuoteAnswer ToContract(this Quote quote) => quote.ToContractWithoutLines() with
    {
        Lines = [.. quote.Lines.Select(ToContract)],
        Considered = [.. quote.Considered.Select(ToContract)],
    };

    public static Contracts.QuoteAnswer ToContractWithoutLines(this Quote quote) => new()
    {
        Tariff = quote.Tariff,
        Version = quote.Version,
        RateTable = quote.RateTable,
        Rate = quote.Rate,
        Currency = quote.Currency,
        EnteredAt = quote.EnteredAt,
        ExitedAt = quote.ExitedAt,
        Total = quote.Total,
        Paid = quote.Paid,
        Due = quote.Due,
        ExceedsMaximumStay = quote.ExceedsMaximumStay,
    };

    public static Contracts.NextChange ToContract(this NextChange change) => new(change.LeaveBy, change.Total);

    /// <summary>The lines of a board.</summary>
    public static Contracts.PriceBoardAnswer ToContract(this IReadOnlyList<LocalizedText> lines) =>
        new([.. lines.Select(line => line.Zh)], [.. lines.Select(line => line.En)]);

    public static Contracts.QuoteLineKind ToContract(this QuoteLineKind kind) => (Contracts.QuoteLineKind)(int)kind;

    public static Contracts.UnmetCondition ToContract(this UnmetCondition unmet) => (Contracts.UnmetCondition)(int)unmet;

    private static Contracts.QuoteLine ToContract(QuoteLine line) => new()
    {
        Kind = line.Kind.ToContract(),
        Amount = line.Amount,
        From = line.From,
        To = line.To,
        Band = line.Band,
        Validation = line.Validation,
        Quantity = line.Quantity,
        UnitPrice = line.UnitPrice,
        IncrementPeriod = line.IncrementPeriod is { } period ? XmlConvert.ToString(period.ToTimeSpan()) : null,
        Percent = line.Percent,
        Text = line.Text.ToContract(),
    };

    private static Contracts.ConsideredRate ToContract(ConsideredRate considered) =>
        new(considered.Rate, considered.Name.ToContract(), considered.Unmet?.ToContract(), considered.Total);
}
