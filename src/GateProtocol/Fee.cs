namespace Parking.GateProtocol;

/// <summary>The fee of a stay that has ended. Equal by value, including the lines.</summary>
public sealed record Fee
{
    /// <summary>The largest number of lines in an answer to a gate.</summary>
    public const int MaxLines = 64;

    /// <summary>The ISO 4217 code. Every amount is in its minor unit: fen, cents.</summary>
    public required string Currency { get; init; }

    /// <summary>The total in minor units; 0 if the stay was free.</summary>
    public required long Total { get; init; }

    /// <summary>
    /// The lines, whose sum is exactly the total. Null if there are more than <see cref="MaxLines"/>, or if a scan is repeated and they can
    /// no longer be computed.
    /// </summary>
    public IReadOnlyList<FeeLine>? Lines { get; init; }

    /// <inheritdoc/>
    public bool Equals(Fee? other) =>
        other is not null && Currency == other.Currency && Total == other.Total
        && (Lines is null ? other.Lines is null : other.Lines is not null && Lines.SequenceEqual(other.Lines));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Currency, Total, Lines?.Count);
}
