using NodaTime;

namespace Parking.Contracts;

/// <summary>Asks for a code.</summary>
public sealed record MintRequest
{
    /// <summary>The plate of the vehicle that the code is to name, one of the citizen's own. Left out: the code names none.</summary>
    public string? Plate { get; init; }

    /// <summary>What it is, never whose.</summary>
    public override string ToString() => "mint request";
}

/// <summary>A code to show at a gate.</summary>
public sealed record MintAnswer
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

/// <summary>A key that was revoked, now or before.</summary>
public sealed record RevokedKeyAnswer
{
    /// <summary>Its id: 8 hexadecimal digits.</summary>
    public required string Key { get; init; }

    /// <summary>The id of the key that signs.</summary>
    public required string Signer { get; init; }
}
