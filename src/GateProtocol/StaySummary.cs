using NodaTime;

namespace Parking.GateProtocol;

/// <summary>As much of a stay as a gate needs to know: which, since when, until when. Never whose.</summary>
public sealed record StaySummary
{
    /// <summary>The stay's public name: 32 lowercase hexadecimal digits. Two stays of one person cannot be linked by it.</summary>
    public required string Id { get; init; }

    /// <summary>When the vehicle came in; null if that was missed.</summary>
    public Instant? EnteredAt { get; init; }

    /// <summary>When the vehicle left; null while it is parked.</summary>
    public Instant? ExitedAt { get; init; }
}
