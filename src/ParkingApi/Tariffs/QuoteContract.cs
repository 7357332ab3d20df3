using NodaTime;

namespace Parking.Api.Tariffs;

/// <summary>What a stay costs and why. All amounts are in the currency's minor unit: fen.</summary>
internal record QuoteContract
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

    /// <summary>From which the total can be recomputed, in the order in which the rules apply; absent where only the price was asked for.</summary>
    public IReadOnlyList<QuoteLineContract>? Lines { get; init; }

    /// <summary>Every rate of the table, in order; absent where only the price was asked for.</summary>
    public IReadOnlyList<ConsideredRateContract>? Considered { get; init; }

    /// <summary>When the price changes next; absent where it was not asked for, or does not change within 31 days.</summary>
    public NextChangeContract? NextChange { get; init; }
}
