using System.ComponentModel.DataAnnotations;

namespace Parking.GateProtocol;

/// <summary>
/// A code was shown to the reader. If it is shown again before the vehicle has passed or left, it is the same scan and no new event.
/// </summary>
/// <remarks>
/// Without <see cref="Local"/>, the service decides the scan. With it, the gate has decided alone, and the service records the scan.
/// <see cref="Local"/> does not belong to the content of the event: a gate that got no answer in time adds it to a scan that it has already
/// sent.
/// </remarks>
public sealed record ReportedScan : ReportedEvent
{
    /// <summary>The largest number of characters in a symbol (ISO/IEC 18004, version 40-L, digits).</summary>
    public const int MaxCodeLength = 7089;

    /// <summary>The largest number of characters in a <see cref="Receipt"/>.</summary>
    public const int MaxReceiptLength = 2048;

    /// <summary>
    /// The text of the symbol, exactly as read. A secret: a gate deletes it when the scan is acknowledged, and sends the
    /// <see cref="Receipt"/> instead from then on.
    /// </summary>
    [StringLength(MaxCodeLength, ErrorMessage = "code is the text of the symbol, at most 7089 characters.")]
    public string? Code { get; init; }

    /// <summary>
    /// The <see cref="ScanAnswer.Receipt"/> of the answer to this scan: base64url, opaque. An event has either a code or a receipt.
    /// </summary>
    [StringLength(MaxReceiptLength, ErrorMessage = "receipt is what the scan's answer carried.")]
    public string? Receipt { get; init; }

    /// <summary>Why the gate opened or stayed shut when it decided alone; null if it did not decide.</summary>
    public ScanReason? Local { get; init; }

    /// <summary>Names the scan without its code, which is a secret; safe to log.</summary>
    /// <returns>Kind and sequence number.</returns>
    public override string ToString() => $"scan {Seq}";
}
