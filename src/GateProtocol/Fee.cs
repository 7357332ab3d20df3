namespace Parking.GateProtocol;

/// <summary>What a stay that has ended costs. Equal if all of it is, line by line.</summary>
public sealed record Fee
{
    /// <summary>The most lines that an answer to a gate carries.</summary>
    public const int MaxLines = 64;

    /// <summary>ISO 4217 code. Every amount is in its minor unit: fen, cents.</summary>
    public required string Currency { get; init; }

    /// <summary>What the stay costs, in minor units; 0 if it was free.</summary>
    public required long Total { get; init; }

    /// <summary>
    /// From which the total can be recomputed: they add up to it exactly. Null where they would be more than <see cref="MaxLines"/>, or, when a scan is repeated, cannot
    /// be told any more.
    /// </summary>
    public IReadOnlyList<FeeLine>? Lines { get; init; }

    /// <inheritdoc/>
    public bool Equals(Fee? other) =>
        other is not null && Currency == other.Currency && Total == other.Total
        && (Lines is null ? other.Lines is null : other.Lines is not null && Lines.SequenceEqual(other.Lines));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Currency, Total, Lines?.Count);
}
