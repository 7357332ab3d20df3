using NodaTime;

namespace Parking.Tariffs.Quotes;

/// <summary>One line of a receipt.</summary>
public sealed record QuoteLine
{
    internal QuoteLine(string currency) => Currency = currency;

    /// <summary>Which rule it comes from.</summary>
    public required QuoteLineKind Kind { get; init; }

    /// <summary>What it adds to the total, in minor units, to at most six decimals; negative for what is taken off.</summary>
    /// <remarks>The rounding line makes up for what the seventh decimals would have come to.</remarks>
    public required decimal Amount { get; init; }

    /// <summary>The time it is about: from this instant, inclusive; null if it is about the whole price.</summary>
    public Instant? From { get; init; }

    /// <summary>To this instant, exclusive: a step's own end, even if the driver left before it.</summary>
    public Instant? To { get; init; }

    /// <summary>The band's id, or <c>overstay</c>; null if it is about no band.</summary>
    public string? Band { get; init; }

    /// <summary>The validation's id; null if it is about none.</summary>
    public string? Validation { get; init; }

    /// <summary>How many steps, flat rates or increment periods were charged; null where nothing was multiplied.</summary>
    /// <remarks>For exact time and parts of steps it is shown to six decimals; exactly it is (<see cref="To"/> − <see cref="From"/>) ÷ <see cref="IncrementPeriod"/>.</remarks>
    public decimal? Quantity { get; init; }

    /// <summary>The price of one, in minor units, before the occupancy factor; for a cap, its value.</summary>
    public long? UnitPrice { get; init; }

    /// <summary>The length of one step; null if there are none.</summary>
    public Duration? IncrementPeriod { get; init; }

    /// <summary>The occupancy factor: the amount is quantity × unit price × this ÷ 100; null where the tariff has none or nobody knew the occupancy.</summary>
    public int? Percent { get; init; }

    /// <summary>The line in words, made when they are asked for.</summary>
    public LocalizedText Text => QuoteText.Of(this);

    /// <summary>What people call the band or the validation; null if the line is about none.</summary>
    internal LocalizedText? Name { get; init; }

    /// <summary>In which the words say the amounts.</summary>
    internal string Currency { get; }
}
