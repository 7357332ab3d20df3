using NodaTime;

namespace Parking.GateProtocol;

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
