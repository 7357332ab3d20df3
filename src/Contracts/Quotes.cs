using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>
/// The first line of a call for quotes: by which tariff, and how much is to be said. Each further line is a <see cref="QuotedStay"/>.
/// </summary>
public sealed record QuoteRequest
{
    /// <summary>The id of a facility, whose tariff prices the stays. Exactly one of this and <see cref="Tariff"/> is given.</summary>
    public string? Facility { get; init; }

    /// <summary>A tariff document of the caller's own, in the place of a facility.</summary>
    public JsonElement? Tariff { get; init; }

    /// <summary>Whether each price is explained line by line; left out, it is not.</summary>
    public bool Lines { get; init; }

    /// <summary>Whether it is said when each price changes next; left out, it is not.</summary>
    public bool NextChange { get; init; }
}

/// <summary>A stay to be priced: one line of a call for quotes.</summary>
public sealed record QuotedStay
{
    /// <summary>When it begins; it is priced by the version in force then.</summary>
    public required Instant EnteredAt { get; init; }

    /// <summary>When it ends: not before it begins.</summary>
    public required Instant ExitedAt { get; init; }

    /// <summary>What kind of vehicle it is; left out, a car.</summary>
    public VehicleClass? VehicleClass { get; init; }

    /// <summary>What the driver is entitled to; at most 32.</summary>
    public IReadOnlyList<string>? Entitlements { get; init; }

    /// <summary>How full the facility was at the entry, in percent, 0 to 1000; left out, nobody knew.</summary>
    public int? OccupancyPercent { get; init; }

    /// <summary>The ids of validations that the driver has; at most 32.</summary>
    public IReadOnlyList<string>? Validations { get; init; }

    /// <summary>What has been paid, in order of time; at most 50.</summary>
    public IReadOnlyList<QuotedPayment>? Payments { get; init; }
}

/// <summary>A payment for a stay that is to be priced.</summary>
/// <param name="PaidAt">When; not before the entry.</param>
/// <param name="Amount">How much, in minor units: 1 or more.</param>
public sealed record QuotedPayment(Instant PaidAt, long Amount);

/// <summary>What a stay costs and why. All amounts are in the currency's minor unit: fen.</summary>
public record QuoteAnswer
{
    /// <summary>The tariff's id.</summary>
    public required string Tariff { get; init; }

    /// <summary>The number of the version that priced it: the one in force at entry.</summary>
    public required int Version { get; init; }

    /// <summary>The rate table that fitted the driver.</summary>
    public required string RateTable { get; init; }

    /// <summary>The rate that was taken.</summary>
    public required string Rate { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>The entry, to the second.</summary>
    public required Instant EnteredAt { get; init; }

    /// <summary>The end of what is priced, to the second: the exit, or now.</summary>
    public required Instant ExitedAt { get; init; }

    /// <summary>The price: exactly the sum of the lines.</summary>
    public required long Total { get; init; }

    /// <summary>What has been paid.</summary>
    public required long Paid { get; init; }

    /// <summary>What is still to be paid.</summary>
    public required long Due { get; init; }

    /// <summary>Whether the stay was longer than the rate allows.</summary>
    public required bool ExceedsMaximumStay { get; init; }

    /// <summary>
    /// From which the total can be recomputed, in the order in which the rules apply; absent where only the price was asked for.
    /// </summary>
    public IReadOnlyList<QuoteLine>? Lines { get; init; }

    /// <summary>Every rate of the table, in order; absent where only the price was asked for.</summary>
    public IReadOnlyList<ConsideredRate>? Considered { get; init; }

    /// <summary>When the price changes next; absent where it was not asked for, or does not change within 31 days.</summary>
    public NextChange? NextChange { get; init; }
}

/// <summary>One line of a receipt.</summary>
public sealed record QuoteLine
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

/// <summary>A rate that was looked at.</summary>
/// <param name="Rate">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Unmet">The condition that does not hold; absent if all do.</param>
/// <param name="Total">What the stay costs by it; absent if it was not priced.</param>
public sealed record ConsideredRate(string Rate, BilingualText Name, UnmetCondition? Unmet, long? Total);

/// <summary>When a price changes next if the driver stays.</summary>
/// <param name="LeaveBy">The last instant, to the second, at which leaving still costs what it costs now.</param>
/// <param name="Total">What leaving one second later costs, in minor units.</param>
public sealed record NextChange(Instant LeaveBy, long Total);

/// <summary>The answer to one stay: its quote.</summary>
public sealed record PricedStay : QuoteAnswer
{
    /// <summary>One to be read, or filled member by member.</summary>
    [JsonConstructor]
    public PricedStay()
    {
    }

    /// <summary>The answer that has this quote.</summary>
    /// <param name="stay">Which line it answers.</param>
    /// <param name="quote">The quote.</param>
    [SetsRequiredMembers]
    public PricedStay(long stay, QuoteAnswer quote)
        : base(quote) => Stay = stay;

    /// <summary>Which line it answers: 1 for the first stay.</summary>
    [JsonPropertyOrder(-1)]
    public required long Stay { get; init; }
}

/// <summary>The answer to a line that is no stay: why not. The others are answered all the same.</summary>
/// <param name="Stay">Which line it answers: 1 for the first stay.</param>
/// <param name="Error">What is wrong there.</param>
public sealed record RefusedStay(long Stay, DocumentError Error);

/// <summary>A price board, line by line.</summary>
/// <param name="Zh">In simplified Chinese.</param>
/// <param name="En">In English; as many lines, saying the same.</param>
public sealed record PriceBoardAnswer(IReadOnlyList<string> Zh, IReadOnlyList<string> En)
{
    /// <summary>Both languages as one text, Chinese first.</summary>
    public string ToText() => string.Concat([.. Zh.Select(line => line + "\n"), "\n", .. En.Select(line => line + "\n")]);
}

/// <summary>Which rule a line of a quote comes from. Public: names may only ever be added.</summary>
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

    /// <summary>Added up to the minimum charge (rule 16).</summary>
    MinimumCharge,

    /// <summary>Taken off by a validation (rule 17).</summary>
    Validation,

    /// <summary>The time after a payment that cost nothing (rule 22). Amount 0.</summary>
    ExitGrace,

    /// <summary>From the exact price to the rounded one (rule 18).</summary>
    Rounding,
}

/// <summary>Why a rate could not be chosen: the first of its conditions that does not hold.</summary>
public enum UnmetCondition
{
    /// <summary>The entry is in none of its entry times.</summary>
    EntryTimes,

    /// <summary>The exit is in none of its exit times.</summary>
    ExitTimes,

    /// <summary>The stay is longer than it allows.</summary>
    MaxLength,
}
