using System.Collections.Immutable;
using NodaTime;

namespace Parking.Tariffs.Quotes;

/// <summary>A stay's price, and why it is that.</summary>
public sealed record Quote
{
    /// <summary>The tariff's id.</summary>
    public required string Tariff { get; init; }

    /// <summary>The number of the version that priced it.</summary>
    public required int Version { get; init; }

    /// <summary>The id of the rate table that fitted the driver.</summary>
    public required string RateTable { get; init; }

    /// <summary>The id of the rate that was taken.</summary>
    public required string Rate { get; init; }

    /// <summary>ISO 4217 code; all amounts are in its minor unit.</summary>
    public required string Currency { get; init; }

    /// <summary>The entry, to the second.</summary>
    public required Instant EnteredAt { get; init; }

    /// <summary>The exit, to the second.</summary>
    public required Instant ExitedAt { get; init; }

    /// <summary>What the stay costs: never negative, and exactly the sum of the lines.</summary>
    public required long Total { get; init; }

    /// <summary>What has been paid.</summary>
    public required long Paid { get; init; }

    /// <summary>What is still to be paid: never negative.</summary>
    public required long Due { get; init; }

    /// <summary>Whether the stay was longer than the rate allows.</summary>
    public required bool ExceedsMaximumStay { get; init; }

    /// <summary>From which the total can be recomputed: charges in order of time, then what limits them, in the order of rules 15 to 18.</summary>
    public required ImmutableArray<QuoteLine> Lines { get; init; }

    /// <summary>Every rate of the table, in order.</summary>
    public required ImmutableArray<ConsideredRate> Considered { get; init; }
}
