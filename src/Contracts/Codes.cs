using System.Text.Json.Serialization;
using NodaTime;

namespace Parking.Contracts;

/// <summary>Asks for a code.</summary>
public sealed record MintRequest
{
    /// <summary>
    /// The plate of the vehicle that the code is to name: one of the citizen's own, or one that is shared with them. Left out: the code
    /// names none.
    /// </summary>
    public string? Plate { get; init; }

    /// <summary>Whether the answer is to have the symbol beside the text; left out, it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Symbol { get; init; }

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

    /// <summary>The symbol, ready to be drawn; left out where it was not asked for. As secret as the text.</summary>
    public CodeSymbol? Symbol { get; init; }

    /// <summary>
    /// True if the code names no vehicle although a plate was asked for: the store is away, and this instance does not remember the
    /// citizen's vehicles. The code opens barriers all the same. Left out otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WithoutVehicle { get; init; }

    /// <summary>The times only.</summary>
    public override string ToString() => $"code until {ExpiresAt}";
}

/// <summary>A QR symbol as one path of SVG, for a client that draws it itself.</summary>
public sealed record CodeSymbol
{
    /// <summary>
    /// The side of the square in units of the path, one for each module; the quiet zone of four modules on each side is in it. Drawn as
    /// <c>viewBox="0 0 side side"</c>.
    /// </summary>
    public required int Side { get; init; }

    /// <summary>The path's <c>d</c>: strokes one unit wide, dark on light, one for each run of dark modules in a row.</summary>
    public required string Path { get; init; }

    /// <summary>The size only.</summary>
    public override string ToString() => $"symbol of {Side} units";
}

/// <summary>A key that was revoked, now or before.</summary>
public sealed record RevokedKeyAnswer
{
    /// <summary>Its id: 8 hexadecimal digits.</summary>
    public required string Key { get; init; }

    /// <summary>The id of the key that signs.</summary>
    public required string Signer { get; init; }
}
