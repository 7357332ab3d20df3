using System.Collections.Immutable;
using NodaTime;

namespace Parking.Tariffs.Quotes;

/// <summary>The price of a stay with its explanation.</summary>
public sealed record Quote
{
    /// <summary>The tariff's id.</summary>
    public required string Tariff { get; init; }

    /// <summary>The number of the version that priced it.</summary>
    public required int Version { get; init; }

    /// <summary>The id of the rate table for the driver.</summary>
    public required string RateTable { get; init; }

    /// <summary>The id of the chosen rate.</summary>
    public required string Rate { get; init; }

    /// <summary>ISO 4217 code; all amounts are in its minor unit.</summary>
    public required string Currency { get; init; }

    /// <summary>The entry, to the second.</summary>
    public required Instant EnteredAt { get; init; }

    /// <summary>The exit, to the second.</summary>
    public required Instant ExitedAt { get; init; }

    /// <summary>The price: never negative, and exactly the sum of the lines.</summary>
    public required long Total { get; init; }

    /// <summary>The amount paid.</summary>
    public required long Paid { get; init; }

    /// <summary>The amount still to pay: never negative.</summary>
    public required long Due { get; init; }

    /// <summary>Whether the stay was longer than the rate allows.</summary>
    public required bool ExceedsMaximumStay { get; init; }

    /// <summary>
    /// The lines that explain the total: charges in order of time, then limits and reductions in the order of rules 15 to 18.
    /// </summary>
    public required ImmutableArray<QuoteLine> Lines { get; init; }

    /// <summary>Every rate of the table, in order.</summary>
    public required ImmutableArray<ConsideredRate> Considered { get; init; }
}

/// <summary>A rate of the table that was used for a stay.</summary>
/// <param name="Rate">The rate's id.</param>
/// <param name="Name">The rate's name.</param>
/// <param name="Unmet">The condition that is not met; null if all are met.</param>
/// <param name="Total">The price by this rate; null if it was not computed: a condition is not met, or an earlier rate was chosen.</param>
public sealed record ConsideredRate(string Rate, LocalizedText Name, UnmetCondition? Unmet, long? Total);

/// <summary>Why a rate could not be chosen: its first condition that is not met.</summary>
public enum UnmetCondition
{
    /// <summary>The entry is in none of its entry times.</summary>
    EntryTimes,

    /// <summary>The exit is in none of its exit times.</summary>
    ExitTimes,

    /// <summary>The stay is longer than the rate allows.</summary>
    MaxLength,
}

/// <summary>The next change of the price if the driver stays.</summary>
/// <param name="LeaveBy">The last instant, to the second, at which the price is still the current one.</param>
/// <param name="Total">The price one second later, in minor units.</param>
public sealed record NextChange(Instant LeaveBy, long Total);
