using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Parking.GateProtocol;

/// <summary>
/// A gate's report that a code was shown to its reader, posted to <c>/v1/gates/{gateId}/scans</c>.
/// </summary>
/// <remarks>
/// The gate, <see cref="Journal"/> and <see cref="Seq"/> identify the scan for ever. Posting the same scan again, with the
/// same content, changes nothing and is answered with the first answer; the same identity with another content is a 409.
/// </remarks>
public sealed record ScanRequest
{
    /// <summary>The journal the gate writes its events to: 16 lowercase hexadecimal digits, random, new with a new disk.</summary>
    [Required, RegularExpression("^[0-9a-f]{16}$", ErrorMessage = "journal is 16 lowercase hexadecimal digits, drawn at random once per disk.")]
    public required string Journal { get; init; }

    /// <summary>The event's number in that journal: 1, 2, 3 … without a gap; at most 2^53 − 1, what a JSON number can say exactly.</summary>
    [Range(1, EventSequence.Max, ErrorMessage = "seq counts 1, 2, 3 … up to 9007199254740991.")]
    public required long Seq { get; init; }

    /// <summary>What the gate's own clock said when the code was shown (UTC, RFC 3339). It is recorded; it decides nothing.</summary>
    public required Instant DeviceTime { get; init; }

    /// <summary>
    /// The text of the symbol, exactly as read, whatever it says: at most 7,089 characters, which is all that any symbol can hold
    /// (ISO/IEC 18004, version 40-L, digits). A secret: it is checked and forgotten.
    /// </summary>
    [Required(AllowEmptyStrings = true), StringLength(7089, ErrorMessage = "code is the text of the symbol, at most 7089 characters.")]
    public required string Code { get; init; }

    /// <summary>Names the scan without its code, which is a secret: a log may carry this.</summary>
    /// <returns>Journal and sequence number.</returns>
    public override string ToString() => $"scan {Journal}/{Seq}";
}
