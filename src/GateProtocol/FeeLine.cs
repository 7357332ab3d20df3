namespace Parking.GateProtocol;

/// <summary>One line of a fee.</summary>
public sealed record FeeLine
{
    /// <summary>What it is for.</summary>
    public required BilingualText Text { get; init; }

    /// <summary>What it adds to the total, in minor units, to at most six decimals; negative for what is taken off.</summary>
    public required decimal Amount { get; init; }
}
