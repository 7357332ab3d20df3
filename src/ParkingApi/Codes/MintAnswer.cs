using NodaTime;

namespace Parking.Api.Codes;

/// <summary>A code to show at a gate.</summary>
internal sealed record MintAnswer
{
    /// <summary>The text of the symbol to draw. A secret until it expires.</summary>
    public required string Code { get; init; }

    /// <summary>When gates stop taking it.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>When to ask for the next one and show that.</summary>
    public required Instant RedrawAt { get; init; }

    /// <summary>The times only.</summary>
    public override string ToString() => $"code until {ExpiresAt}";
}
