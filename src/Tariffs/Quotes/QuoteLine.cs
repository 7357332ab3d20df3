using NodaTime;

namespace Parking.Tariffs.Quotes;

/// <summary>One line of a receipt.</summary>
public sealed record QuoteLine
{
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

    /// <summary>How many steps, flat rates or (exact time) increment periods were charged, to at most six decimals; null where nothing was multiplied.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The price of one, in minor units, before the occupancy factor; for a cap, its value.</summary>
    public long? UnitPrice { get; init; }

    /// <summary>The length of one step; null if there are none.</summary>
    public Duration? IncrementPeriod { get; init; }

    /// <summary>The occupancy factor: the amount is quantity × unit price × this ÷ 100; null where none was applied.</summary>
    public int? Percent { get; init; }

    /// <summary>The line in words.</summary>
    public required LocalizedText Text { get; init; }
}
