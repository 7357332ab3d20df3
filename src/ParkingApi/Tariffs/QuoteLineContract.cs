using NodaTime;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tariffs;

/// <summary>One line of a receipt.</summary>
internal sealed record QuoteLineContract
{
    /// <summary>Which rule it comes from.</summary>
    public required QuoteLineKind Kind { get; init; }

    /// <summary>What it adds to the total, in minor units, to at most six decimals; negative for what is taken off.</summary>
    public required decimal Amount { get; init; }

    /// <summary>From when, inclusive; absent if it is about the whole price.</summary>
    public Instant? From { get; init; }

    /// <summary>Until when, exclusive: a step's own end, even if the driver left before it.</summary>
    public Instant? To { get; init; }

    /// <summary>The band's id, or <c>overstay</c>.</summary>
    public string? Band { get; init; }

    /// <summary>The validation's id.</summary>
    public string? Validation { get; init; }

    /// <summary>How many steps, flat rates or increment periods were charged.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The price of one, in minor units, before the occupancy factor; for a cap, its value.</summary>
    public long? UnitPrice { get; init; }

    /// <summary>The length of one step, in the form of ISO 8601: <c>PT30M</c>.</summary>
    public string? IncrementPeriod { get; init; }

    /// <summary>The occupancy factor: the amount is quantity × unit price × this ÷ 100.</summary>
    public int? Percent { get; init; }

    /// <summary>The line in words.</summary>
    public required BilingualText Text { get; init; }
}
