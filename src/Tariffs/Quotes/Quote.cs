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
