using System.ComponentModel.DataAnnotations;

namespace Parking.GateProtocol;

/// <summary>
/// A code was shown to the reader. Shown again before that vehicle has passed or left, it is the same scan: no new event.
/// </summary>
/// <remarks>
/// Without <see cref="Local"/> it asks to be decided, now. With it, it says what the gate decided alone: too late to be decided, it is recorded.
/// <see cref="Local"/> is no part of the content: a gate that got no answer in time adds it to the scan that it has sent before.
/// </remarks>
public sealed record ReportedScan : ReportedEvent
{
    /// <summary>The most characters that any symbol can hold (ISO/IEC 18004, version 40-L, digits).</summary>
    public const int MaxCodeLength = 7089;

    /// <summary>The most characters of a <see cref="Receipt"/>.</summary>
    public const int MaxReceiptLength = 2048;

    /// <summary>
    /// The text of the symbol, exactly as read, whatever it says. A secret: a gate forgets it once the scan is acknowledged, and sends the <see cref="Receipt"/> in its place from then on.
    /// </summary>
    [StringLength(MaxCodeLength, ErrorMessage = "code is the text of the symbol, at most 7089 characters.")]
    public string? Code { get; init; }

    /// <summary>What the answer to this scan carried as <see cref="ScanAnswer.Receipt"/>: base64url, opaque. In place of the code, exactly one of the two.</summary>
    [StringLength(MaxReceiptLength, ErrorMessage = "receipt is what the scan's answer carried.")]
    public string? Receipt { get; init; }

    /// <summary>Why the gate opened or stayed shut when it decided alone; null where it did not.</summary>
    public ScanReason? Local { get; init; }

    /// <summary>Names the scan without its code, which is a secret: a log may carry this.</summary>
    /// <returns>Kind and sequence number.</returns>
    public override string ToString() => $"scan {Seq}";
}
