using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>
/// A reduction that a merchant gives to a driver (rule 17). Exactly one of <see cref="FreeTime"/>, <see cref="AmountOff"/> and
/// <see cref="PercentOff"/> is given.
/// </summary>
public sealed record Validation
{
    internal Validation()
    {
    }

    /// <summary>The id that the driver's token names: 1 to 32 of a–z, 0–9 and -.</summary>
    public required string Id { get; init; }

    /// <summary>The name on the receipt.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>Time added to the rate's free time; null for other kinds.</summary>
    public Duration? FreeTime { get; init; }

    /// <summary>The reduction in minor units, at least 1; null for other kinds.</summary>
    public long? AmountOff { get; init; }

    /// <summary>The reduction in percent, 1 to 100; null for other kinds.</summary>
    public int? PercentOff { get; init; }

    /// <summary>Whether it can be combined with other stackable validations.</summary>
    public required bool Stackable { get; init; }

    /// <summary>The lowest price after the reduction, in minor units; null for no limit.</summary>
    public long? MinValue { get; init; }

    /// <summary>The largest reduction, in minor units, that the merchant pays; null for no limit.</summary>
    public long? MaxValue { get; init; }
}
