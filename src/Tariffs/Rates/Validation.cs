using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>What a merchant takes off a driver's price (rule 17). Exactly one of <see cref="FreeTime"/>, <see cref="AmountOff"/> and <see cref="PercentOff"/> is given.</summary>
public sealed record Validation
{
    internal Validation()
    {
    }

    /// <summary>What the driver's token names. 1 to 32 of a–z, 0–9 and -.</summary>
    public required string Id { get; init; }

    /// <summary>What the receipt says.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>Time added to the rate's free time; null if this is another kind.</summary>
    public Duration? FreeTime { get; init; }

    /// <summary>Minor units, at least 1; null if this is another kind.</summary>
    public long? AmountOff { get; init; }

    /// <summary>1 to 100; null if this is another kind.</summary>
    public int? PercentOff { get; init; }

    /// <summary>Whether it may be used together with other stackable ones.</summary>
    public required bool Stackable { get; init; }

    /// <summary>It does not make the price lower than this, in minor units; null: nothing.</summary>
    public long? MinValue { get; init; }

    /// <summary>The most it takes off, in minor units: what the merchant pays at most; null: no limit.</summary>
    public long? MaxValue { get; init; }
}
