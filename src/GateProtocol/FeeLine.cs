namespace Parking.GateProtocol;

/// <summary>One line of a fee.</summary>
public sealed record FeeLine
{
    /// <summary>The description.</summary>
    public required BilingualText Text { get; init; }

    /// <summary>The amount added to the total, in minor units, with at most six decimals; negative for a reduction.</summary>
    public required decimal Amount { get; init; }
}
