using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Parking.GateProtocol;

/// <summary>
/// A part of the list of revoked certificates of devices, from <c>/v1/gates/{gateId}/revocations</c>: all that the service has added since
/// the number that the gate gave, in the order of their numbers.
/// </summary>
public sealed record GateRevocations
{
    /// <summary>
    /// The life of the store in which the numbers count, as <see cref="HeartbeatAnswer.Epoch"/>. If it is another one than before, the gate
    /// reads from 0 again, and keeps what it has.
    /// </summary>
    public required string Epoch { get; init; }

    /// <summary>At most 1,000. Ask again after the last one until there are none.</summary>
    public required IReadOnlyList<GateRevocation> Entries { get; init; }

    /// <summary>The largest number ever given in this epoch; 0 if none was. It may have expired.</summary>
    public required long Newest { get; init; }
}

/// <summary>A certificate whose codes open nothing any more.</summary>
public sealed record GateRevocation
{
    /// <summary>Its number. Between two there may be numbers whose certificates have expired.</summary>
    public required long Number { get; init; }

    /// <summary>The first 8 bytes of the SHA-256 of the certificate's <c>cti</c>, as 16 lowercase hexadecimal digits.</summary>
    [RegularExpression("^[0-9a-f]{16}$")]
    public required string Digest { get; init; }

    /// <summary>When the certificate expires. The gate keeps the entry for as long after it as it may know the certificate's key.</summary>
    public required Instant ExpiresAt { get; init; }
}
