using NodaTime;

namespace Parking.Tariffs.Quotes;

/// <summary>One line of a quote.</summary>
public sealed record QuoteLine
{
    internal QuoteLine(string currency) => Currency = currency;

    /// <summary>The rule of the line.</summary>
    public required QuoteLineKind Kind { get; init; }

    /// <summary>The amount added to the total, in minor units, with at most six decimals; negative for a reduction.</summary>
    /// <remarks>The rounding line includes the differences from the seventh decimal on.</remarks>
    public required decimal Amount { get; init; }

    /// <summary>The start of the line's time, inclusive; null if the line concerns the whole price.</summary>
    public Instant? From { get; init; }

    /// <summary>The end of the line's time, exclusive: the end of a step, even if the driver left before it.</summary>
    public Instant? To { get; init; }

    /// <summary>The band's id, or <c>overstay</c>; null if the line concerns no band.</summary>
    public string? Band { get; init; }

    /// <summary>The validation's id; null if the line concerns none.</summary>
    public string? Validation { get; init; }

    /// <summary>The number of steps, flat rates or increment periods charged; null if nothing was multiplied.</summary>
    /// <remarks>
    /// For exact time and parts of steps it has six decimals; the exact value is (<see cref="To"/> − <see cref="From"/>) ÷
    /// <see cref="IncrementPeriod"/>.
    /// </remarks>
    public decimal? Quantity { get; init; }

    /// <summary>The unit price in minor units, before the occupancy factor; for a cap, its value.</summary>
    public long? UnitPrice { get; init; }

    /// <summary>The length of one step; null if there are no steps.</summary>
    public Duration? IncrementPeriod { get; init; }

    /// <summary>
    /// The occupancy factor: the amount is quantity × unit price × this ÷ 100; null if the tariff has none or the occupancy was unknown.
    /// </summary>
    public int? Percent { get; init; }

    /// <summary>The line in words, created on request.</summary>
    public LocalizedText Text => QuoteText.Of(this);

    /// <summary>The name of the band or the validation; null if the line concerns none.</summary>
    internal LocalizedText? Name { get; init; }

    /// <summary>The currency of the amounts in words.</summary>
    internal string Currency { get; }
}
