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

/// <summary>The rule of a line in a quote. The names are public: add new ones, never change existing ones.</summary>
public enum QuoteLineKind
{
    /// <summary>The whole stay is within the entry grace (rule 7). Amount 0.</summary>
    EntryGrace,

    /// <summary>The time before the chargeable start (rule 8). Amount 0.</summary>
    FreeTime,

    /// <summary>A flat rate (rule 10).</summary>
    Flat,

    /// <summary>A tier (rule 9).</summary>
    Tier,

    /// <summary>Started steps (rule 9).</summary>
    Increments,

    /// <summary>Exact time (rule 9).</summary>
    ProRata,

    /// <summary>The share of a step that a band change divided (rules 11 and 12).</summary>
    PartOfStep,

    /// <summary>Cut by a band's own cap (rule 15).</summary>
    BandCap,

    /// <summary>Cut by the calendar day's cap.</summary>
    DailyCap,

    /// <summary>Cut by the cap of 24 hours from the entry.</summary>
    Rolling24HoursCap,

    /// <summary>Cut by the cap of 7 days from the entry.</summary>
    Rolling7DaysCap,

    /// <summary>Cut by the cap of the whole stay.</summary>
    StayCap,

    /// <summary>The difference to the minimum charge (rule 16).</summary>
    MinimumCharge,

    /// <summary>The reduction of a validation (rule 17).</summary>
    Validation,

    /// <summary>The time after a payment that cost nothing (rule 22). Amount 0.</summary>
    ExitGrace,

    /// <summary>The difference between the exact and the rounded price (rule 18).</summary>
    Rounding,
}
