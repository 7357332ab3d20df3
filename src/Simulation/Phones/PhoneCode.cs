using NodaTime;

namespace Parking.Simulation.Phones;

/// <summary>A code as the service gave it to a phone. Its text is a secret.</summary>
internal sealed record PhoneCode
{
    public required string Code { get; init; }

    public required Instant ExpiresAt { get; init; }

    /// <summary>When the phone is to show the next one.</summary>
    public required Instant RedrawAt { get; init; }

    public override string ToString() => $"code until {ExpiresAt}";
}
