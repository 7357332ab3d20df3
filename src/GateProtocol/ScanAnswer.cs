using NodaTime;

namespace Parking.GateProtocol;

/// <summary>The decision on a scan. It never changes: a repeated scan gets the same answer.</summary>
public sealed record ScanAnswer
{
    /// <summary>The instruction to the barrier.</summary>
    public required GateDecision Decision { get; init; }

    /// <summary>The reason, a word whose meaning never changes. See <see cref="ScanReason"/>.</summary>
    public required ScanReason Reason { get; init; }

    /// <summary>The time of the decision by the service's clock.</summary>
    public required Instant DecidedAt { get; init; }

    /// <summary>The stay that this scan opened or closed; null on a refusal.</summary>
    public StaySummary? Stay { get; init; }

    /// <summary>The fee of the stay that this scan closed; null if there is none, or if parking has no price.</summary>
    public Fee? Fee { get; init; }

    /// <summary>The texts to show to the driver.</summary>
    public required GateDisplay Display { get; init; }

    /// <summary>
    /// The scan and its decision, sealed by the service: base64url, opaque, at most
    /// <see cref="ReportedScan.MaxDecisionTokenLength"/> characters.
    /// The gate sends it instead of the code when it reports the scan again; it restores the scan if the service's store has lost it. Null
    /// if there is nothing to restore.
    /// </summary>
    public string? DecisionToken { get; init; }
}

/// <summary>The instruction to a barrier. The numbers are stored: add new ones, never change existing ones.</summary>
public enum GateDecision
{
    /// <summary>Stay shut.</summary>
    Refuse = 0,

    /// <summary>Open for one vehicle.</summary>
    Open = 1,
}

/// <summary>The part of a stay that a gate needs: its name, start and end. Never its holder.</summary>
public sealed record StaySummary
{
    /// <summary>The stay's public name: 32 lowercase hexadecimal digits. It does not link two stays of one person.</summary>
    public required string Id { get; init; }

    /// <summary>When the vehicle entered; null if the entry was missed.</summary>
    public Instant? EnteredAt { get; init; }

    /// <summary>When the vehicle left; null while it is parked.</summary>
    public Instant? ExitedAt { get; init; }
}

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

/// <summary>One line of a fee.</summary>
public sealed record FeeLine
{
    /// <summary>The description.</summary>
    public required BilingualText Text { get; init; }

    /// <summary>The amount added to the total, in minor units, with at most six decimals; negative for a reduction.</summary>
    public required decimal Amount { get; init; }
}

/// <summary>Two short texts for the display beside the barrier, at most <see cref="MaxLength"/> characters each.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
public sealed record GateDisplay(string Zh, string En)
{
    /// <summary>The largest number of characters in either text.</summary>
    public const int MaxLength = 40;
}

/// <summary>A text for people, in two languages.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
public sealed record BilingualText(string Zh, string En);
